package io.obconnect.e2e;

import io.obconnect.model.SqlText;
import java.util.List;
import java.util.StringJoiner;

/** A change of one row of a workload, with its SQL for the source. */
sealed interface RowChange {
  BenchTable table();

  /** A statement that makes this change and no other. */
  String sql();

  /** How many records Debezium makes of it. */
  int records();

  record Insert(BenchTable table, long key, List<String> row) implements RowChange {
    /** Copies the row. */
    public Insert {
      row = List.copyOf(row);
    }

    @Override
    public String sql() {
      return table.into("INSERT") + BenchTable.tuple(row);
    }

    @Override
    public int records() {
      return 1;
    }
  }

  /**
   * @param oldKey differs from the key when the primary key changes, which Debezium splits into a
   *     delete and a create
   */
  record Update(BenchTable table, long oldKey, long key, List<String> row) implements RowChange {
    /** Copies the row. */
    public Update {
      row = List.copyOf(row);
    }

    @Override
    public String sql() {
      StringJoiner assignments = new StringJoiner(",");
      for (int i = 0; i < row.size(); i++) {
        assignments.add(SqlText.identifier(table.columns().get(i)) + "=" + row.get(i));
      }
      return "UPDATE " + table.id().quoted() + " SET " + assignments + " WHERE id=" + oldKey;
    }

    @Override
    public int records() {
      return oldKey == key ? 1 : 2;
    }
  }

  record Delete(BenchTable table, long key) implements RowChange {
    @Override
    public String sql() {
      return "DELETE FROM " + table.id().quoted() + " WHERE id=" + key;
    }

    @Override
    public int records() {
      return 1;
    }
  }
}
