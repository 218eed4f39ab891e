package io.obconnect.sink;

import io.obconnect.model.SqlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Turns changes of one table into SQL text. Keeps the encoders of the record schemas it has met;
 * one thread only.
 */
final class TableWriter {
  /** The end of a statement for one row among equal ones, which has to find it. */
  static final String ONE_ROW = " LIMIT 1";

  private final TablePlan plan;
  private final SchemaCache<RowEncoder> rowEncoders;
  private final SchemaCache<SchemaCache<Schema>> completedSchemas =
      new SchemaCache<>(
          later -> new SchemaCache<>(earlier -> PartialRow.completed(later, earlier)));
  private final boolean foldsLetters;
  private final SchemaCache<Optional<KeyEncoder>> keyEncoders;
  private final List<TableWriter> byFurtherKey;

  TableWriter(TablePlan plan) {
    this.plan = Objects.requireNonNull(plan, "plan");
    this.rowEncoders = new SchemaCache<>(schema -> RowEncoder.ofRow(plan, schema));
    this.foldsLetters = plan.rowKeyColumns().stream().anyMatch(DestinationColumn::foldsLetters);
    this.keyEncoders = new SchemaCache<>(this::keyEncoder);
    this.byFurtherKey = plan.byFurtherKey().stream().map(TableWriter::new).toList();
  }

  TablePlan plan() {
    return plan;
  }

  /**
   * The encoder of rows of a schema.
   *
   * @throws DataException when such a row does not fit the table
   */
  RowEncoder rowEncoder(Schema schema) {
    return rowEncoders.get(schema);
  }

  /**
   * DELETE statements for rows that are gone, each about as long as the buffer allows. Where
   * different texts are equal keys, only a row of exactly that key is deleted: another one has come
   * after it from another partition.
   */
  List<String> deletesOfGone(Collection<String> keys, StatementBuffer buffer) {
    return deletes(keys, foldsLetters, buffer);
  }

  /** DELETE statements that make room for rows of these keys. */
  List<String> deletesOfKeys(Collection<String> keys, StatementBuffer buffer) {
    return deletes(keys, false, buffer);
  }

  /** DELETE statements for the rows that hold exactly the values of these rows' unique keys. */
  List<String> deletesOfHolders(Collection<Struct> rows, StatementBuffer buffer) {
    return byFurtherKey.stream()
        .flatMap(byKey -> byKey.deletesOfGone(byKey.keys(rows), buffer).stream())
        .toList();
  }

  private List<String> keys(Collection<Struct> rows) {
    return rows.stream()
        .flatMap(
            row -> keyEncoders.get(row.schema()).map(encoder -> encoder.encode(row).sql()).stream())
        .toList();
  }

  private Optional<KeyEncoder> keyEncoder(Schema schema) {
    return RowEncoder.coversKey(plan, schema)
        ? Optional.of(new KeyEncoder(plan, schema))
        : Optional.empty();
  }

  private List<String> deletes(Collection<String> keys, boolean exact, StatementBuffer buffer) {
    StatementChunks lists =
        new StatementChunks(
            "",
            "",
            exact ? buffer.withMaxChars(buffer.maxChars() / 2) : buffer,
            keys.size(),
            StatementChunks.ROUNDED);
    keys.forEach(key -> lists.append(sql -> sql.append(key)));
    return lists.statements().stream()
        .map(
            list ->
                "DELETE FROM "
                    + plan.table().quoted()
                    + " WHERE "
                    + keyColumns(false)
                    + " IN ("
                    + list
                    + ")"
                    + (exact ? " AND " + keyColumns(true) + " IN (" + list + ")" : ""))
        .toList();
  }

  private String keyColumns(boolean exact) {
    List<String> names =
        plan.rowKeyColumns().stream()
            .map(
                column -> {
                  String name = SqlText.identifier(column.name());
                  return exact ? column.exactly(name) : name;
                })
            .toList();
    return "(" + String.join(",", names) + ")";
  }

  /**
   * Statements that leave exactly these rows in place, whatever stood under their keys before. Only
   * for tables without further unique keys.
   */
  List<String> upserts(Collection<Struct> rows, StatementBuffer buffer) {
    return writes(rows, buffer, true);
  }

  /** Statements that add these rows; fails when one of their keys is taken. */
  List<String> inserts(Collection<Struct> rows, StatementBuffer buffer) {
    return writes(rows, buffer, false);
  }

  private List<String> writes(Collection<Struct> rows, StatementBuffer buffer, boolean overwrite) {
    List<String> statements = new ArrayList<>();
    List<Struct> alike = new ArrayList<>();
    for (Struct row : rows) {
      if (!alike.isEmpty() && rowEncoder(row.schema()) != rowEncoder(alike.get(0).schema())) {
        statements.addAll(writesAlike(alike, buffer, overwrite));
        alike.clear();
      }
      alike.add(row);
    }
    statements.addAll(writesAlike(alike, buffer, overwrite));
    return statements;
  }

  private List<String> writesAlike(List<Struct> rows, StatementBuffer buffer, boolean overwrite) {
    if (rows.isEmpty()) {
      return List.of();
    }
    RowEncoder encoder = rowEncoder(rows.get(0).schema());
    StatementChunks chunks =
        new StatementChunks(
            "INSERT INTO " + plan.table().quoted() + " (" + encoder.columnList() + ") VALUES ",
            overwrite ? onDuplicateKey(encoder) : "",
            buffer,
            rows.size(),
            overwrite ? StatementChunks.ROUNDED : StatementChunks.TOGETHER);
    rows.forEach(row -> chunks.append(sql -> encoder.appendTuple(sql, row)));
    return chunks.statements();
  }

  private String onDuplicateKey(RowEncoder encoder) {
    String updates = encoder.updateList(plan);
    // A table of key columns only has nothing to update.
    return " ON DUPLICATE KEY UPDATE " + (updates.isEmpty() ? unchanged() : updates);
  }

  /** An assignment that changes nothing. */
  private String unchanged() {
    String key = SqlText.identifier(plan.rowKeyColumns().get(0).name());
    return key + "=" + key;
  }

  /** The row that a partial one leaves when this row stood under its key before. */
  Struct complete(Struct partial, Struct earlier) {
    Schema schema = completedSchemas.get(partial.schema()).get(earlier.schema());
    return PartialRow.complete(schema, partial, earlier);
  }

  /**
   * A statement that changes the row of a key as far as the partial row says, see {@link
   * TransactionRunner}. INSERT .. ON DUPLICATE KEY UPDATE would not do: it makes up a row where
   * there is none, and asks for a value of every column without default.
   */
  String update(String key, Struct partial) {
    StringBuilder sql = new StringBuilder("UPDATE " + plan.table().quoted() + " SET ");
    int start = sql.length();
    rowEncoder(partial.schema()).appendAssignments(sql, plan, partial);
    if (sql.length() == start) {
      sql.append(unchanged());
    }
    return sql.append(" WHERE ")
        .append(keyColumns(false))
        .append(" IN (")
        .append(key)
        .append(')')
        .toString();
  }

  /** A statement that deletes one of the rows that are equal to this one in every column. */
  String deleteOne(Struct row) {
    StringBuilder sql = new StringBuilder("DELETE FROM " + plan.table().quoted() + " WHERE ");
    rowEncoder(row.schema()).appendMatch(sql, row);
    return sql.append(ONE_ROW).toString();
  }
}
