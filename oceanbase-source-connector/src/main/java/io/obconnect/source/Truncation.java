package io.obconnect.source;

import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.binlog.BinlogSourceInfo;
import io.debezium.data.Envelope;
import io.obconnect.model.Marker;
import io.obconnect.model.Marker.Barrier;
import io.obconnect.model.TableId;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Reads records of the operation TRUNCATE. */
final class Truncation {
  private Truncation() {}

  static boolean is(SourceRecord record) {
    return record.value() instanceof Struct value
        && value.schema().field(Envelope.FieldName.OPERATION) != null
        && value.schema().field(Envelope.FieldName.SOURCE) != null
        && Envelope.Operation.TRUNCATE.code().equals(value.get(Envelope.FieldName.OPERATION));
  }

  /** The marker that says the same in each partition. */
  static Marker marker(SourceRecord record, int partitions) {
    Struct source = ((Struct) record.value()).getStruct(Envelope.FieldName.SOURCE);
    String file = source.getString(BinlogSourceInfo.BINLOG_FILENAME_OFFSET_KEY);
    long offset = source.getInt64(BinlogSourceInfo.BINLOG_POSITION_OFFSET_KEY);
    String gtid = source.getString(BinlogSourceInfo.GTID_KEY);
    TableId table =
        new TableId(
            source.getString(AbstractSourceInfo.DATABASE_NAME_KEY),
            source.getString(AbstractSourceInfo.TABLE_NAME_KEY));
    return new Marker(
        gtid == null ? file + ":" + offset : gtid,
        source.getInt64(AbstractSourceInfo.TIMESTAMP_KEY),
        Optional.of(
            new Barrier(
                table, partitions, source.getInt64(BinlogSourceInfo.SERVER_ID_KEY), file, offset)));
  }

  @SuppressWarnings("unchecked") // as Debezium writes it
  static Map<String, String> sourcePartition(SourceRecord record) {
    return (Map<String, String>) record.sourcePartition();
  }
}
