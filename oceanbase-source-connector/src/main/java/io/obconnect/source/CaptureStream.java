package io.obconnect.source;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSource;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.io.Serializable;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Debezium's reader of the log, without what loses changes silently. Used by the thread of the
 * binlog client.
 */
final class CaptureStream extends MySqlStreamingChangeEventSource {
  private final CaptureParts parts;

  CaptureStream(CaptureParts parts) {
    super(
        parts.config(),
        parts.connections().mainConnection(),
        parts.dispatcher(),
        parts.errorHandler(),
        parts.clock(),
        parts.taskContext(),
        parts.schema(),
        parts.metrics(),
        parts.snapshotters(),
        parts.client());
    this.parts = parts;
  }

  @Override
  public void execute(
      ChangeEventSourceContext context, MySqlPartition partition, MySqlOffsetContext offset)
      throws InterruptedException {
    if (parts.config().getBufferSizeForStreamingChangeEventSource() == 0) {
      // Debezium's buffer of transactions disconnects and goes back of its own accord.
      parts.client().registerLifecycleListener(new LogEnd(context, parts.errorHandler()));
    }
    super.execute(context, partition, offset);
  }

  @Override
  protected EventDeserializer createEventDeserializer() {
    EventDeserializer deserializer = super.createEventDeserializer();
    deserializer.setEventDataDeserializer(
        EventType.PARTIAL_UPDATE_ROWS_EVENT, new PartialUpdateDeserializer());
    return deserializer;
  }

  /**
   * A heartbeat is no event of the log. OceanBase's Binlog Service sends some in the middle of
   * transactions; Debezium counts them, and then skips as many changes too many when it goes on in
   * the middle of one.
   */
  @Override
  protected void handleEvent(
      MySqlPartition partition,
      MySqlOffsetContext offset,
      ChangeEventSourceContext context,
      Event event) {
    if (event == null || !isHeartbeat(event.getHeader().getEventType())) {
      super.handleEvent(partition, offset, context, event);
    } else if (!context.isPaused()) {
      heartbeat(partition, offset, event);
    }
  }

  @SuppressWarnings("deprecation") // Debezium sends the connector's heartbeats so, too
  private void heartbeat(MySqlPartition partition, MySqlOffsetContext offset, Event event) {
    try {
      handleServerHeartbeat(partition, offset, event);
      parts.dispatcher().dispatchHeartbeatEvent(partition, offset);
    } catch (RuntimeException e) {
      // The binlog client would only log it.
      parts.errorHandler().setProducerThrowable(new ConnectException("a heartbeat failed", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A table's rows can be read only by the definition that they were written with, and OceanBase's
   * log does not tell every change of it.
   */
  @Override
  protected void handleUpdateTableMetadata(
      MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    super.handleUpdateTableMetadata(partition, offset, event);
    if (parts.database().isLogAlwaysComplete()) {
      return;
    }
    TableMapEventData logged = unwrapData(event);
    TableId id = parts.schema().getTableId(logged.getTableId());
    Table known = id == null ? null : parts.schema().tableFor(id);
    if (known != null) {
      String mismatch = LogShape.mismatch(logged, known);
      if (mismatch != null) {
        throw new ConnectException(
            "the definition of table "
                + id
                + " has changed, and the log does not say how, at "
                + position(offset)
                + ": "
                + mismatch
                + "; delete the connector's offsets and copy the tables again");
      }
    }
  }

  @Override
  protected void handleInsert(MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    if (!parts.database().isLogAlwaysComplete()) {
      WriteRowsEventData rows = unwrapData(event);
      rows.getRows().forEach(row -> requireComplete(rows.getTableId(), row, offset));
    }
    super.handleInsert(partition, offset, event);
  }

  @Override
  protected void handleUpdate(MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    if (!parts.database().isLogAlwaysComplete()) {
      UpdateRowsEventData rows = unwrapData(event);
      for (Map.Entry<Serializable[], Serializable[]> row : rows.getRows()) {
        requireComplete(rows.getTableId(), row.getKey(), offset);
        requireComplete(rows.getTableId(), row.getValue(), offset);
      }
    }
    super.handleUpdate(partition, offset, event);
  }

  @Override
  protected void handleDelete(MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    if (!parts.database().isLogAlwaysComplete()) {
      DeleteRowsEventData rows = unwrapData(event);
      rows.getRows().forEach(row -> requireComplete(rows.getTableId(), row, offset));
    }
    super.handleDelete(partition, offset, event);
  }

  /** OceanBase's log has NULL for what a session with another row image did not write. */
  private void requireComplete(long tableNumber, Serializable[] row, MySqlOffsetContext offset) {
    TableId id = parts.schema().getTableId(tableNumber);
    Table known = id == null ? null : parts.schema().tableFor(id);
    String missing = known == null ? null : LogShape.missingValue(row, known);
    if (missing != null) {
      throw new ConnectException(
          "the log has a row of table "
              + id
              + " without a value of column "
              + missing
              + ", which cannot be NULL, at "
              + position(offset)
              + ": set binlog_row_image to FULL in the database, globally and in running sessions;"
              + " delete the connector's offsets and copy the tables again");
    }
  }

  private static String position(MySqlOffsetContext offset) {
    return offset.getSource().binlogFilename() + ":" + offset.getSource().binlogPosition();
  }

  private static boolean isHeartbeat(EventType type) {
    return type == EventType.HEARTBEAT || type == EventType.HEARTBEAT_V2;
  }

  /** There is no row in it that could be sent on. */
  @Override
  protected void ignoreEvent(MySqlOffsetContext offset, Event event) {
    if (event.getHeader().getEventType() == EventType.PARTIAL_UPDATE_ROWS_EVENT) {
      refusePartialUpdate(offset, event);
    }
    super.ignoreEvent(offset, event);
  }

  private void refusePartialUpdate(MySqlOffsetContext offset, Event event) {
    PartialUpdateData update = unwrapData(event);
    // Inside of a compressed transaction the table is not told.
    TableId table = update == null ? null : parts.schema().getTableId(update.tableNumber());
    if (update == null || (table != null && parts.schema().schemaFor(table) != null)) {
      throw new ConnectException(
          "the database's log has an update of "
              + (table == null ? "a table" : "table " + table)
              + " that holds only a part of a JSON document, at "
              + position(offset)
              + ": set binlog_row_value_options (OceanBase: log_row_value_options) to '' in the"
              + " database, globally and in running sessions; delete the connector's offsets and"
              + " copy the tables again");
    }
  }
}
