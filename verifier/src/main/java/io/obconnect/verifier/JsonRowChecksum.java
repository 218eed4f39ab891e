package io.obconnect.verifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Checksums of a table whose JSON columns are compared by value on this side, while the other
 * columns are hashed by the engine.
 *
 * @param exact every JSON number by its exact value
 * @param withoutFractions JSON numbers that are no integers left out
 */
record JsonRowChecksum(TableChecksum exact, TableChecksum withoutFractions) {

  static JsonRowChecksum read(EngineSession session, TableId table, List<ColumnPair> columns)
      throws SQLException {
    List<String> json =
        columns.stream()
            .filter(column -> column.kind() == ColumnKind.JSON)
            .map(column -> "CONVERT(" + SqlText.identifier(column.name()) + " USING utf8mb4)")
            .toList();
    List<String> others =
        columns.stream()
            .filter(column -> column.kind() != ColumnKind.JSON)
            .map(ColumnPair::canonicalText)
            .toList();
    String sql =
        "SELECT "
            + ChecksumExpression.rowDigest(others)
            + ","
            + String.join(",", json)
            + " FROM "
            + table.quoted();
    RowHashAggregate exact = new RowHashAggregate();
    RowHashAggregate withoutFractions = new RowHashAggregate();
    session.forEachRow(
        sql,
        row -> {
          exact.add(rowText(table, row, json.size(), JsonCanonicalizer.exact()));
          withoutFractions.add(
              rowText(table, row, json.size(), JsonCanonicalizer.withoutFractions()));
        });
    return new JsonRowChecksum(exact.checksum(), withoutFractions.checksum());
  }

  private static String rowText(
      TableId table, ResultSet row, int jsonColumns, JsonCanonicalizer canonicalizer)
      throws SQLException {
    StringBuilder text = new StringBuilder(row.getString(1));
    for (int column = 2; column <= jsonColumns + 1; column++) {
      String json = row.getString(column);
      String canonical = json == null ? "N" : canonicalText(table, json, canonicalizer);
      text.append('|').append(canonical.length()).append('|').append(canonical);
    }
    return text.toString();
  }

  private static String canonicalText(TableId table, String json, JsonCanonicalizer canonicalizer)
      throws SQLException {
    try {
      JsonNode value = JsonCanonicalizer.parse(json);
      return canonicalizer.canonicalText(value);
    } catch (JsonProcessingException e) {
      // The message of the parser quotes the value, so neither it nor the cause goes any further.
      throw new SQLException(
          "a JSON value of "
              + table
              + " cannot be parsed at character "
              + e.getLocation().getCharOffset());
    }
  }
}
