package io.obconnect.model;

import java.util.List;

/** What became of a table on its way to a destination. */
public sealed interface ConversionResult {

  /**
   * The table can be created. It may lack a primary key: the caller decides whether to accept that.
   *
   * @param table the definition to create, without what is held back
   * @param rewrites all differences to the source, in the order of the definition
   * @param heldBack what adds the parts that are held back, one statement a part, in order
   */
  record Converted(
      TableDefinition table, List<Rewrite> rewrites, List<DdlStatement.AlterTable> heldBack)
      implements ConversionResult {

    public Converted {
      rewrites = List.copyOf(rewrites);
      heldBack = List.copyOf(heldBack);
    }
  }

  /** The destination cannot hold the table's rows; each reason says what is in the way. */
  record Refused(List<String> reasons) implements ConversionResult {

    public Refused {
      reasons = List.copyOf(reasons);
    }
  }
}
