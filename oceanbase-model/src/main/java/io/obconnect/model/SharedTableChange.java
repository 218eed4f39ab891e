package io.obconnect.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is left to do of a change where several source tables share a table of the destination. They
 * change one after the other: rows of those that have not changed yet must go on fitting, and what
 * one table's change has brought about, another one's finds done.
 */
public sealed interface SharedTableChange {

  /**
   * It may be carried out.
   *
   * @param rest what is not done yet; empty if there is nothing
   * @param notes what is left out, and why
   */
  record Remaining(Optional<DdlStatement.AlterTable> rest, List<String> notes)
      implements SharedTableChange {
    public Remaining {
      Objects.requireNonNull(rest, "rest");
      notes = List.copyOf(notes);
    }
  }

  /**
   * Somebody has to decide: rows of one of the tables would not fit any more.
   *
   * @param reasons why, at least one
   */
  record Refused(List<String> reasons) implements SharedTableChange {
    public Refused {
      reasons = List.copyOf(reasons);
    }
  }
}
