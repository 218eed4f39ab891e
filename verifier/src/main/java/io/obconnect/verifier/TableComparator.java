package io.obconnect.verifier;

import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Compares a table of a source with a table of a destination, MySQL or OceanBase in any
 * combination, by row count and a checksum that each engine computes itself.
 *
 * <p>Give it connections that do nothing else: it changes the character set, time zone, SQL mode
 * and statement timeout (10 minutes) of the sessions and does not restore them. Each side is read
 * in statements of its own, so a verdict about a table that is written meanwhile concerns two
 * different moments; compare quiet tables, or repeat. Generated and invisible columns are compared
 * too.
 *
 * <p>The instance has no state and may be shared; a connection may not be used by two threads at
 * once. Every method throws {@link SQLException} if an engine refuses or cannot be reached; that is
 * no verdict.
 */
public final class TableComparator {

  /** Creates a comparator. */
  public TableComparator() {}

  /** The base tables of a database, by name; empty if the database does not exist. */
  public List<TableId> tables(Connection connection, String database) throws SQLException {
    return EngineSession.prepare(connection).tables(database);
  }

  /** Compares two tables; see {@link Verdict} for what the result proves. */
  public TableComparison compare(
      Connection source, Connection destination, TableId sourceTable, TableId destinationTable)
      throws SQLException {
    return new TableCheck(
            EngineSession.prepare(source),
            EngineSession.prepare(destination),
            sourceTable,
            destinationTable)
        .run();
  }
}
