package io.obconnect.source;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.GtidEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import io.debezium.connector.binlog.event.StopEventDataDeserializer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the log's events as the reader does that Debezium's BinlogStreamingChangeEventSource
 * (3.6.1) makes, but so that nothing is lost before anybody has seen it. Used by the thread of the
 * binlog client.
 */
final class LogEvents extends EventDeserializer {
  private final Map<Long, TableMapEventData> tables;

  LogEvents() {
    this(new HashMap<>());
  }

  private LogEvents(Map<Long, TableMapEventData> tables) {
    this.tables = tables;
    setEventDataDeserializer(EventType.STOP, new StopEventDataDeserializer());
    setEventDataDeserializer(EventType.GTID, new GtidEventDataDeserializer());
    setEventDataDeserializer(EventType.QUERY, new QueryDeserializer());
    setEventDataDeserializer(EventType.WRITE_ROWS, new RowEvents.Inserts(tables));
    setEventDataDeserializer(EventType.UPDATE_ROWS, new RowEvents.Updates(tables));
    setEventDataDeserializer(EventType.DELETE_ROWS, new RowEvents.Deletes(tables));
    setEventDataDeserializer(
        EventType.EXT_WRITE_ROWS,
        new RowEvents.Inserts(tables).setMayContainExtraInformation(true));
    setEventDataDeserializer(
        EventType.EXT_UPDATE_ROWS,
        new RowEvents.Updates(tables).setMayContainExtraInformation(true));
    setEventDataDeserializer(
        EventType.EXT_DELETE_ROWS,
        new RowEvents.Deletes(tables).setMayContainExtraInformation(true));
    setEventDataDeserializer(EventType.PARTIAL_UPDATE_ROWS_EVENT, new PartialUpdateDeserializer());
    setEventDataDeserializer(
        EventType.TRANSACTION_PAYLOAD, new PayloadDeserializer(() -> new LogEvents(tables)));
  }

  @Override
  public Event nextEvent(ByteArrayInputStream in) throws IOException {
    Event event = super.nextEvent(in);
    if (event != null) {
      remember(event);
    }
    return event;
  }

  /** Tables get other numbers in the next file; a rotation without time is the connection's own. */
  private void remember(Event event) {
    EventType type = event.getHeader().getEventType();
    if (type == EventType.TABLE_MAP) {
      TableMapEventData table = event.getData();
      tables.put(table.getTableId(), table);
    } else if (type == EventType.ROTATE && event.getHeader().getTimestamp() != 0) {
      tables.clear();
    }
  }
}
