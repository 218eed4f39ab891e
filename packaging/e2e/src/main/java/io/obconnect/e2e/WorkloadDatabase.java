package io.obconnect.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.stream.LongStream;

/** The database of a workload on one side. */
final class WorkloadDatabase {
  private static final int CHANGES_PER_TRANSACTION = 500;

  private WorkloadDatabase() {}

  /** Creates the database as it is before a number of changes; an existing one is replaced. */
  static void create(Connection connection, Workload workload, long changes) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + workload.database());
      statement.execute("CREATE DATABASE " + workload.database());
      for (BenchTable table : workload.tables()) {
        statement.execute(table.createStatement());
        table.insert(
            connection,
            LongStream.rangeClosed(1, workload.initialRows(changes))
                .mapToObj(key -> table.row(key, key)));
      }
    }
  }

  /**
   * Makes a number of changes, each with a statement of its own.
   *
   * @return the records that Debezium makes of them
   */
  static long change(Connection connection, Workload workload, long changes) throws SQLException {
    connection.setAutoCommit(false);
    long records = 0;
    int open = 0;
    try (Statement statement = connection.createStatement()) {
      Iterator<RowChange> each = workload.changes(changes).iterator();
      while (each.hasNext()) {
        RowChange change = each.next();
        statement.addBatch(change.sql());
        records += change.records();
        open++;
        if (open == CHANGES_PER_TRANSACTION || !each.hasNext()) {
          statement.executeBatch();
          connection.commit();
          open = 0;
        }
      }
    }
    connection.setAutoCommit(true);
    return records;
  }
}
