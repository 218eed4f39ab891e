package io.obconnect.e2e;

import io.obconnect.model.TableId;
import io.obconnect.stack.LocalStack;
import io.obconnect.verifier.TableComparator;
import io.obconnect.verifier.TableComparison;
import io.obconnect.verifier.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The proof after every run, which is not timed, that the contender has done its work. */
final class TableProof {
  private TableProof() {}

  /**
   * Compares tables of the same name.
   *
   * @throws WrongResultException when one differs or cannot be compared
   */
  static void refuseDifferent(LocalStack stack, String contender, List<TableId> tables)
      throws SQLException {
    try (Connection source = stack.mysql().connect();
        Connection destination = stack.oceanbase().connect()) {
      for (TableId table : tables) {
        TableComparison comparison =
            new TableComparator().compare(source, destination, table, table);
        if (comparison.verdict() != Verdict.EQUAL) {
          throw new WrongResultException(
              "%s left %s wrong: %s, %s"
                  .formatted(contender, table, comparison.verdict(), comparison.reason()));
        }
      }
    }
  }
}
