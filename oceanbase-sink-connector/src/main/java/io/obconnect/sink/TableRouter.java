package io.obconnect.sink;

import io.obconnect.sink.SourceChange.RowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Reads from the changes of one table what decides about their lane and their order. Used by the
 * task's thread only.
 */
final class TableRouter {
  private final TablePlan plan;
  private final RowKey onlyKey;
  private final RecordSize size = new RecordSize();
  private final SchemaCache<Optional<KeyEncoder>> keyEncoders;
  private final SchemaCache<UniqueValueReader> uniqueValues;
  private final SchemaCache<Optional<String>> unknownColumns;

  TableRouter(TablePlan plan) {
    this.plan = plan;
    this.onlyKey = new RowKey("", RowKey.hash(RowKey.tableHash(plan.table()), ""));
    this.keyEncoders = new SchemaCache<>(this::keyEncoder);
    this.uniqueValues = new SchemaCache<>(schema -> new UniqueValueReader(plan, schema));
    this.unknownColumns = new SchemaCache<>(this::findUnknownColumn);
  }

  TablePlan plan() {
    return plan;
  }

  private Optional<KeyEncoder> keyEncoder(Schema schema) {
    return RowEncoder.coversKey(plan, schema)
        ? Optional.of(new KeyEncoder(plan, schema))
        : Optional.empty();
  }

  private Optional<String> findUnknownColumn(Schema row) {
    return row.fields().stream()
        .map(field -> field.name())
        .filter(name -> plan.column(name).isEmpty())
        .findFirst();
  }

  /** A column of the change that the destination's table lacks. */
  Optional<String> unknownColumn(RowChange change) {
    return change.isDelete() ? Optional.empty() : unknownColumns.get(change.after().schema());
  }

  /**
   * The key of the row that is written or deleted.
   *
   * @throws DataException when the record does not hold the whole key
   */
  RowKey key(RowChange change) {
    if (plan.tableClass() == TableClass.KEYLESS) {
      return onlyKey;
    }
    if (!change.isDelete()) {
      return atHash(require(keyEncoders.get(change.after().schema())).encode(change.after()));
    }
    Optional<KeyEncoder> ofKey =
        change.key() == null ? Optional.empty() : keyEncoders.get(change.key().schema());
    if (ofKey.isPresent() || change.before() == null) {
      return atHash(require(ofKey).encode(change.key()));
    }
    return atHash(require(keyEncoders.get(change.before().schema())).encode(change.before()));
  }

  private RowKey atHash(RowKey key) {
    return plan.serial() ? new RowKey(key.sql(), onlyKey.hash()) : key;
  }

  private KeyEncoder require(Optional<KeyEncoder> encoder) {
    return encoder.orElseThrow(
        () ->
            new DataException(
                "the record lacks columns of the key "
                    + plan.rowKey()
                    + " of table "
                    + plan.table().quoted()));
  }

  /** The key that an update leaves because it moves the row to another one. */
  Optional<RowKey> leftKey(RowChange change) {
    Struct before = change.before();
    if (change.operation() != SourceChange.Operation.UPDATE
        || before == null
        || plan.tableClass() == TableClass.KEYLESS) {
      return Optional.empty();
    }
    Optional<KeyEncoder> encoder = keyEncoders.get(before.schema());
    if (encoder.isEmpty() || encoder.get().sameKey(before, change.after())) {
      return Optional.empty();
    }
    return Optional.of(atHash(encoder.get().encode(before)));
  }

  /** Memory that the change takes, in bytes, estimated. */
  long sizeBytes(RowChange change) {
    return size.of(change);
  }

  /** The values of unique keys that the change frees or takes. */
  ConflictKeys conflictKeys(RowChange change) {
    List<Long> hashes = new ArrayList<>();
    boolean unknown = false;
    if (change.operation() != SourceChange.Operation.INSERT) {
      unknown = !addHashes(hashes, change.before());
    }
    if (!change.isDelete()) {
      unknown |= !addHashes(hashes, change.after());
    }
    return new ConflictKeys(hashes, unknown);
  }

  private boolean addHashes(List<Long> hashes, Struct row) {
    if (row == null) {
      return false;
    }
    UniqueValueReader reader = uniqueValues.get(row.schema());
    reader.addHashes(hashes, row);
    return reader.isComplete();
  }
}
