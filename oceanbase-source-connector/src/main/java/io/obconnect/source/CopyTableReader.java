package io.obconnect.source;

import io.obconnect.model.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/** Asks the source how its tables are to be copied. Used by one thread at a time. */
final class CopyTableReader {
  private static final String COLUMNS =
      """
      SELECT column_name, data_type, extra FROM information_schema.columns
      WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position""";
  private static final String KEYS =
      """
      SELECT index_name, column_name, sub_part, nullable FROM information_schema.statistics
      WHERE table_schema = ? AND table_name = ? AND non_unique = 0
      ORDER BY index_name <> 'PRIMARY', index_name, seq_in_index""";
  private static final String SIZE =
      """
      SELECT table_rows, avg_row_length FROM information_schema.tables
      WHERE table_schema = ? AND table_name = ?""";

  /**
   * What the server thinks of a table's size.
   *
   * @param rows a guess
   * @param rowBytes average, a guess, at least 1
   */
  record Size(long rows, long rowBytes) {}

  private record KeyPart(String column, boolean bounds) {}

  private CopyTableReader() {}

  /**
   * A table.
   *
   * @throws ConnectException when there is none
   */
  static CopyTable read(Connection connection, TableId id) throws SQLException {
    List<CopyColumn> columns = new ArrayList<>();
    try (PreparedStatement select = prepare(connection, COLUMNS, id);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        if (!row.getString(3).toUpperCase(Locale.ROOT).contains(" GENERATED")) {
          columns.add(CopyColumn.of(row.getString(1), row.getString(2).toLowerCase(Locale.ROOT)));
        }
      }
    }
    if (columns.isEmpty()) {
      throw new ConnectException("table " + id.quoted() + " is gone; take it out");
    }
    return withKey(connection, id, columns);
  }

  /** The first key that tells all rows apart, as far as its columns can bound ranges. */
  private static CopyTable withKey(Connection connection, TableId id, List<CopyColumn> columns)
      throws SQLException {
    Map<String, List<KeyPart>> keys = new LinkedHashMap<>();
    try (PreparedStatement select = prepare(connection, KEYS, id);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        boolean whole = row.getString(2) != null && row.getString(3) == null;
        keys.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
            .add(new KeyPart(row.getString(2), whole && !"YES".equals(row.getString(4))));
      }
    }
    for (Map.Entry<String, List<KeyPart>> key : keys.entrySet()) {
      if (key.getValue().stream().allMatch(KeyPart::bounds)) {
        return new CopyTable(id, columns, bounding(columns, key.getValue()), key.getKey());
      }
    }
    return new CopyTable(id, columns, List.of(), "");
  }

  /** What follows a column whose literals cannot bound a range may differ within a chunk. */
  private static List<CopyColumn> bounding(List<CopyColumn> columns, List<KeyPart> key) {
    List<CopyColumn> bounding = new ArrayList<>();
    for (KeyPart part : key) {
      Optional<CopyColumn> column =
          columns.stream().filter(c -> c.name().equalsIgnoreCase(part.column())).findFirst();
      if (column.isEmpty() || !column.get().canBound()) {
        break;
      }
      bounding.add(column.get());
    }
    return bounding;
  }

  static Size size(Connection connection, TableId id) throws SQLException {
    try (PreparedStatement select = prepare(connection, SIZE, id);
        ResultSet row = select.executeQuery()) {
      return row.next() ? new Size(row.getLong(1), Math.max(1, row.getLong(2))) : new Size(0, 1);
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, TableId id)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setString(1, id.database());
    statement.setString(2, id.table());
    return statement;
  }
}
