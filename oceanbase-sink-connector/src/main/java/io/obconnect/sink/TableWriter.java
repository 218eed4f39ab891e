package io.obconnect.sink;

import io.obconnect.model.SqlText;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Turns changes of one table into SQL text. Keeps the encoders of the record schemas it has met;
 * one thread only.
 */
final class TableWriter {
  /**
   * Converters hand out few schema objects for a table; more means that one makes a new object for
   * every record.
   */
  private static final int MAX_CACHED_SCHEMAS = 64;

  private final TablePlan plan;
  private final IdentityHashMap<Schema, RowEncoder> rowEncoders = new IdentityHashMap<>();
  private final IdentityHashMap<Schema, RowEncoder> keyEncoders = new IdentityHashMap<>();
  private final IdentityHashMap<Schema, Boolean> keyCovered = new IdentityHashMap<>();

  TableWriter(TablePlan plan) {
    this.plan = Objects.requireNonNull(plan, "plan");
  }

  TablePlan plan() {
    return plan;
  }

  /**
   * The primary keys that a change removes or writes, as SQL tuples. Two entries when an update
   * moves the row to another key: the one left, then the one written.
   *
   * @throws DataException when the record does not hold the whole key
   */
  List<String> keys(RowChange change) {
    boolean inKey = cached(keyCovered, change.key().schema(), s -> RowEncoder.coversKey(plan, s));
    if (change.isDelete()) {
      return List.of(keyOf(inKey || change.before() == null ? change.key() : change.before()));
    }
    String written = keyOf(change.after());
    if (change.before() == null || inKey) {
      return List.of(written);
    }
    // The record's key is not the table's: the source did not split a key change into delete and
    // create.
    String left = keyOf(change.before());
    return left.equals(written) ? List.of(written) : List.of(left, written);
  }

  private String keyOf(Struct struct) {
    StringBuilder key = new StringBuilder();
    cached(keyEncoders, struct.schema(), schema -> RowEncoder.ofKey(plan, schema))
        .appendTuple(key, struct);
    return key.toString();
  }

  RowEncoder rowEncoder(Schema schema) {
    return cached(rowEncoders, schema, s -> RowEncoder.ofRow(plan, s));
  }

  private static <T> T cached(
      IdentityHashMap<Schema, T> cache, Schema schema, Function<Schema, T> factory) {
    T made = cache.get(schema);
    if (made == null) {
      if (cache.size() >= MAX_CACHED_SCHEMAS) {
        cache.clear();
      }
      made = factory.apply(schema);
      cache.put(schema, made);
    }
    return made;
  }

  /** DELETE statements for these keys, each at most about {@code maxChars} long. */
  List<String> deletes(Iterable<String> keys, int maxChars) {
    String head = "DELETE FROM " + plan.table().quoted() + " WHERE " + keyColumns() + " IN (";
    StatementChunks chunks = new StatementChunks(head, ")", maxChars);
    keys.forEach(key -> chunks.append(sql -> sql.append(key)));
    return chunks.statements();
  }

  private String keyColumns() {
    List<String> names =
        plan.primaryKey().stream()
            .map(name -> SqlText.identifier(plan.columns().get(name).name()))
            .toList();
    return "(" + String.join(",", names) + ")";
  }

  /** Statements that leave exactly these rows in place, whatever stood there before. */
  List<String> upserts(List<Struct> rows, int maxChars) {
    List<String> statements = new ArrayList<>();
    StatementChunks chunks = null;
    RowEncoder current = null;
    for (Struct row : rows) {
      RowEncoder encoder = rowEncoder(row.schema());
      if (chunks == null || encoder != current) {
        if (chunks != null) {
          statements.addAll(chunks.statements());
        }
        chunks = upsertChunks(encoder, maxChars);
        current = encoder;
      }
      chunks.append(sql -> encoder.appendTuple(sql, row));
    }
    if (chunks != null) {
      statements.addAll(chunks.statements());
    }
    return statements;
  }

  private StatementChunks upsertChunks(RowEncoder encoder, int maxChars) {
    String into = " INTO " + plan.table().quoted() + " (" + encoder.columnList() + ") VALUES ";
    if (plan.hasOtherUniqueKeys()) {
      return new StatementChunks("REPLACE" + into, "", maxChars);
    }
    String updates = encoder.updateList(plan);
    // A table of key columns only has nothing to update; the assignment changes nothing.
    String onDuplicate = updates.isEmpty() ? firstKeyColumn() + "=" + firstKeyColumn() : updates;
    return new StatementChunks(
        "INSERT" + into, " ON DUPLICATE KEY UPDATE " + onDuplicate, maxChars);
  }

  private String firstKeyColumn() {
    return SqlText.identifier(plan.columns().get(plan.primaryKey().get(0)).name());
  }
}
