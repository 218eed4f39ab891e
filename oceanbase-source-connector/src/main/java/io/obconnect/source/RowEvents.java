package io.obconnect.source;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import io.debezium.config.CommonConnectorConfig.EventProcessingFailureHandlingMode;
import io.debezium.connector.binlog.event.RowDeserializers;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/**
 * Debezium's deserializers of row events with {@link LoggedValues}. They have no common class of
 * their own, so each of the three needs the same overrides, as in Debezium.
 */
final class RowEvents {
  /** Nothing that Debezium still reads fails. */
  private static final EventProcessingFailureHandlingMode MODE =
      EventProcessingFailureHandlingMode.FAIL;

  private RowEvents() {}

  /** Of rows that were inserted. */
  static final class Inserts extends RowDeserializers.WriteRowsDeserializer {
    Inserts(Map<Long, TableMapEventData> tables) {
      super(tables, MODE);
    }

    @Override
    protected Serializable deserializeDate(ByteArrayInputStream in) throws IOException {
      return LoggedValues.date(in);
    }

    @Override
    protected Serializable deserializeDatetime(ByteArrayInputStream in) throws IOException {
      return LoggedValues.oldDateTime(in);
    }

    @Override
    protected Serializable deserializeDatetimeV2(int meta, ByteArrayInputStream in)
        throws IOException {
      return LoggedValues.dateTime(meta, in);
    }

    @Override
    protected Serializable deserializeTimestamp(ByteArrayInputStream in) throws IOException {
      return LoggedValues.oldTimestamp(in);
    }

    @Override
    protected Serializable deserializeTimestampV2(int meta, ByteArrayInputStream in)
        throws IOException {
      return LoggedValues.timestamp(meta, in);
    }

    @Override
    protected Serializable deserializeYear(ByteArrayInputStream in) throws IOException {
      return LoggedValues.year(in);
    }

    @Override
    protected Serializable deserializeEnum(int length, ByteArrayInputStream in) throws IOException {
      return LoggedValues.member(length, in);
    }
  }

  /** Of rows that were updated. */
  static final class Updates extends RowDeserializers.UpdateRowsDeserializer {
    Updates(Map<Long, TableMapEventData> tables) {
      super(tables, MODE);
    }

    @Override
    protected Serializable deserializeDate(ByteArrayInputStream in) throws IOException {
      return LoggedValues.date(in);
    }

    @Override
    protected Serializable deserializeDatetime(ByteArrayInputStream in) throws IOException {
      return LoggedValues.oldDateTime(in);
    }

    @Override
    protected Serializable deserializeDatetimeV2(int meta, ByteArrayInputStream in)
        throws IOException {
      return LoggedValues.dateTime(meta, in);
    }

    @Override
    protected Serializable deserializeTimestamp(ByteArrayInputStream in) throws IOException {
      return LoggedValues.oldTimestamp(in);
    }

    @Override
    protected Serializable deserializeTimestampV2(int meta, ByteArrayInputStream in)
        throws IOException {
      return LoggedValues.timestamp(meta, in);
    }

    @Override
    protected Serializable deserializeYear(ByteArrayInputStream in) throws IOException {
      return LoggedValues.year(in);
    }

    @Override
    protected Serializable deserializeEnum(int length, ByteArrayInputStream in) throws IOException {
      return LoggedValues.member(length, in);
    }
  }

  /** Of rows that were deleted. */
  static final class Deletes extends RowDeserializers.DeleteRowsDeserializer {
    Deletes(Map<Long, TableMapEventData> tables) {
      super(tables, MODE);
    }

    @Override
    protected Serializable deserializeDate(ByteArrayInputStream in) throws IOException {
      return LoggedValues.date(in);
    }

    @Override
    protected Serializable deserializeDatetime(ByteArrayInputStream in) throws IOException {
      return LoggedValues.oldDateTime(in);
    }

    @Override
    protected Serializable deserializeDatetimeV2(int meta, ByteArrayInputStream in)
        throws IOException {
      return LoggedValues.dateTime(meta, in);
    }

    @Override
    protected Serializable deserializeTimestamp(ByteArrayInputStream in) throws IOException {
      return LoggedValues.oldTimestamp(in);
    }

    @Override
    protected Serializable deserializeTimestampV2(int meta, ByteArrayInputStream in)
        throws IOException {
      return LoggedValues.timestamp(meta, in);
    }

    @Override
    protected Serializable deserializeYear(ByteArrayInputStream in) throws IOException {
      return LoggedValues.year(in);
    }

    @Override
    protected Serializable deserializeEnum(int length, ByteArrayInputStream in) throws IOException {
      return LoggedValues.member(length, in);
    }
  }
}
