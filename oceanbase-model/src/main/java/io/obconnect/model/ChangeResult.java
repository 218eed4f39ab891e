package io.obconnect.model;

import java.util.List;

/** What became of a schema change on its way to a destination. */
public sealed interface ChangeResult {

  /**
   * The change can be made.
   *
   * @param steps to be carried out in order; none if there is nothing to do at the destination
   * @param rewrites all differences to what the source did
   * @param heldBack steps that add what the options hold back, to be carried out when the rows are
   *     complete
   */
  record Converted(List<ChangeStep> steps, List<Rewrite> rewrites, List<ChangeStep> heldBack)
      implements ChangeResult {

    public Converted {
      steps = List.copyOf(steps);
      rewrites = List.copyOf(rewrites);
      heldBack = List.copyOf(heldBack);
    }
  }

  /** The destination cannot follow without losing something; each reason says what and why. */
  record Refused(List<String> reasons) implements ChangeResult {

    public Refused {
      reasons = List.copyOf(reasons);
    }
  }
}
