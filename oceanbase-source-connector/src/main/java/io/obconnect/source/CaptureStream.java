package io.obconnect.source;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer.EventDataWrapper;
import io.debezium.DebeziumException;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSource;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.schema.SchemaChangeEvent;
import io.debezium.text.ParsingException;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Debezium's reader of the log, without what loses changes silently. Used by the thread of the
 * binlog client.
 */
final class CaptureStream extends MySqlStreamingChangeEventSource {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureStream.class);
  private static final int NO_SUCH_TABLE = 1146;
  private static final Set<EventType> BEGINNINGS =
      EnumSet.of(EventType.GTID, EventType.GTID_TAGGED, EventType.ANONYMOUS_GTID);

  private final CaptureParts parts;

  /** A reader that sets its client up. */
  CaptureStream(CaptureParts parts, BinaryLogClient client) {
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
        client);
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
    if (parts.copies().isPresent()) {
      announceCopies(parts.copies().get(), partition, offset);
    }
    super.execute(context, partition, offset);
  }

  /**
   * Sends the definitions of tables whose copy is not planned yet; streaming begins behind them.
   */
  private void announceCopies(
      CopyPlanning copies, MySqlPartition partition, MySqlOffsetContext offset)
      throws InterruptedException {
    for (TableId table : parts.schema().tableIds()) {
      io.obconnect.model.TableId name =
          new io.obconnect.model.TableId(table.catalog(), table.table());
      if (parts.config().getTableFilters().dataCollectionFilter().isIncluded(table)
          && !copies.isPlanned(name)) {
        requireKeyOrLock(table);
        Optional<String> ddl = createTable(name);
        if (ddl.isEmpty()) {
          LOG.info("Table {} is gone, and not copied", name.quoted());
          continue;
        }
        offset.event(table, parts.clock().currentTimeAsInstant());
        nameServer(offset);
        SchemaChangeEvent event =
            SchemaChangeEvent.of(
                SchemaChangeEvent.SchemaChangeEventType.CREATE,
                partition,
                offset,
                table.catalog(),
                null,
                copies.announce(name, offset.getOffset(), ddl.get()),
                parts.schema().tableFor(table),
                true);
        parts
            .dispatcher()
            .dispatchSchemaChangeEvent(
                partition, offset, table, receiver -> receiver.schemaChangeEvent(event));
      }
    }
  }

  /** Nothing tells its rows apart: what is copied and what is streamed could be the same one. */
  private void requireKeyOrLock(TableId table) {
    if (parts.schema().tableFor(table).primaryKeyColumnNames().isEmpty()
        && parts
            .config()
            .getSnapshotLockingMode()
            .filter(mode -> mode.getValue().equals(SourceDefaults.NO_LOCKS))
            .isPresent()) {
      throw new ConnectException(
          "table "
              + table
              + " has no key, so it is locked for a moment when its copy begins, which "
              + SourceDefaults.LOCKING_MODE
              + "="
              + SourceDefaults.NO_LOCKS
              + " forbids: give it a key, leave it out (table.exclude.list), or allow locks");
    }
  }

  private void nameServer(MySqlOffsetContext offset) {
    try {
      StartedSnapshot.nameServer(offset, parts.connections().mainConnection());
    } catch (SQLException e) {
      throw new DebeziumException("the server's id cannot be read", e);
    }
  }

  private Optional<String> createTable(io.obconnect.model.TableId table) {
    try {
      return Optional.ofNullable(
          parts
              .connections()
              .mainConnection()
              .queryAndMap(
                  "SHOW CREATE TABLE " + table.quoted(),
                  row -> row.next() ? row.getString(2) : null));
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_TABLE) {
        return Optional.empty();
      }
      throw new DebeziumException("the definition of " + table.quoted() + " cannot be read", e);
    }
  }

  @Override
  protected EventDeserializer createEventDeserializer() {
    return new LogEvents();
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
      // XA transactions have no BEGIN, and schema changes are none.
      if (event != null && BEGINNINGS.contains(event.getHeader().getEventType())) {
        parts.echoes().begin();
        if (offset instanceof GapOffset gap) {
          EventHeaderV4 header = event.getHeader();
          gap.begin(LogScan.gtid(event), offset.getSource().binlogFilename(), header.getPosition());
        }
      }
      super.handleEvent(partition, offset, context, event);
      if (event != null) {
        read(partition, offset, event);
      }
    } else if (!context.isPaused()) {
      heartbeat(partition, offset, event);
      read(partition, offset, event);
    }
  }

  /** Tells how far the log has been read, except within a transaction. */
  private void read(MySqlPartition partition, MySqlOffsetContext offset, Event event) {
    String file = offset.getSource().binlogFilename();
    if (offset.getTransactionId() != null || file == null) {
      return;
    }
    EventHeaderV4 header = event.getHeader();
    boolean placed = header.getEventType() != EventType.ROTATE && header.getNextPosition() > 0;
    long next = placed ? header.getNextPosition() : offset.getSource().binlogPosition();
    String gtid = offset.getSource().getCurrentGtid();
    parts
        .read()
        .set(
            new ReadPosition(
                partition.getSourcePartition(),
                file,
                next,
                gtid == null ? file + ":" + next : gtid,
                eventTimestamp == null ? 0 : eventTimestamp.toEpochMilli()));
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

  /** OceanBase's log has NULL for what a session with another row image did not write. */
  private void requireComplete(long tableNumber, Serializable[] row, MySqlOffsetContext offset) {
    if (parts.database().isLogAlwaysComplete()) {
      return;
    }
    Table known = table(tableNumber);
    String missing = known == null ? null : LogShape.missingValue(row, known);
    if (missing != null) {
      throw new ConnectException(
          "the log has a row of table "
              + known.id()
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
    TableId table = parts.schema().getTableId(update.tableNumber());
    if (table != null && parts.schema().schemaFor(table) != null) {
      throw new ConnectException(
          "the database's log has an update of table "
              + table
              + " that holds only a part of a JSON document, at "
              + position(offset)
              + ": set binlog_row_value_options (OceanBase: log_row_value_options) to '' in the"
              + " database, globally and in running sessions; delete the connector's offsets and"
              + " copy the tables again");
    }
  }

  @Override
  protected void handleQueryEvent(MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    if (query(event).isMarked()) {
      parts.echoes().marked();
    }
    try {
      super.handleQueryEvent(partition, offset, event);
    } catch (ParsingException e) {
      if (!GapOffset.isInGap(offset)) {
        throw e;
      }
      throw new ConnectException(
          "the log has a schema change at "
              + position(offset)
              + ", behind "
              + PositionOptions.START
              + ", that does not fit the definitions of now ("
              + e.getMessage()
              + "); "
              + PositionOptions.LATER_START);
    }
  }

  /** A Binlog Service that has just been created anew does not tell it before its first event. */
  @Override
  protected void handleGtidEvent(
      MySqlPartition partition,
      MySqlOffsetContext offset,
      Event event,
      Predicate<String> sourceFilter) {
    String read = offset.gtidSet();
    super.handleGtidEvent(partition, offset, event, sourceFilter);
    String lost =
        parts.database().isLogAlwaysComplete() || read == null
            ? null
            : LogPosition.lostBecause(read, offset.gtidSet(), "");
    if (lost != null) {
      throw new PositionLostException("in the Binlog Service's log, " + lost);
    }
  }

  /** A position in a file, where reading goes on, is behind the event that numbers it. */
  @Override
  protected void handleTransactionBegin(
      MySqlPartition partition, MySqlOffsetContext offset, Event event, Long threadId)
      throws InterruptedException {
    parts.echoes().begin();
    super.handleTransactionBegin(partition, offset, event, threadId);
  }

  /** With GTIDs the binlog client reads such events itself, and has others read them again. */
  private static LoggedQuery query(Event event) {
    EventData data = event.getData();
    return (LoggedQuery) (data instanceof EventDataWrapper twice ? twice.getExternal() : data);
  }

  @Override
  protected void handleUpdateTableMetadata(
      MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    TableMapEventData logged = unwrapData(event);
    parts.echoes().changes(logged.getDatabase());
    super.handleUpdateTableMetadata(partition, offset, event);
    if (!parts.database().isLogAlwaysComplete() || GapOffset.isInGap(offset)) {
      requireKnownShape(logged, offset);
    }
  }

  /**
   * A table's rows can be read only by the definition that they were written with, and OceanBase's
   * log does not tell every change of it.
   */
  private void requireKnownShape(TableMapEventData logged, MySqlOffsetContext offset) {
    TableId id = parts.schema().getTableId(logged.getTableId());
    Table known = table(logged.getTableId());
    String mismatch = known == null ? null : LogShape.mismatch(logged, known);
    if (mismatch != null && GapOffset.isInGap(offset)) {
      throw new ConnectException(
          "table "
              + id
              + " had another definition at "
              + position(offset)
              + " than it had when the stream began: "
              + mismatch
              + "; "
              + PositionOptions.LATER_START);
    }
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

  @Override
  protected void handleInsert(MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    WriteRowsEventData data = unwrapData(event);
    data.getRows().forEach(row -> requireComplete(data.getTableId(), row, offset));
    parts.exact().begin(table(data.getTableId()), null, data.getRows());
    super.handleInsert(partition, offset, event);
    parts.exact().end();
  }

  @Override
  protected void handleUpdate(MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    UpdateRowsEventData data = unwrapData(event);
    List<Map.Entry<Serializable[], Serializable[]>> rows = data.getRows();
    for (Map.Entry<Serializable[], Serializable[]> row : rows) {
      requireComplete(data.getTableId(), row.getKey(), offset);
      requireComplete(data.getTableId(), row.getValue(), offset);
    }
    parts
        .exact()
        .begin(
            table(data.getTableId()),
            rows.stream().map(Map.Entry::getKey).toList(),
            rows.stream().map(Map.Entry::getValue).toList());
    super.handleUpdate(partition, offset, event);
    parts.exact().end();
  }

  @Override
  protected void handleDelete(MySqlPartition partition, MySqlOffsetContext offset, Event event)
      throws InterruptedException {
    DeleteRowsEventData data = unwrapData(event);
    data.getRows().forEach(row -> requireComplete(data.getTableId(), row, offset));
    parts.exact().begin(table(data.getTableId()), data.getRows(), null);
    super.handleDelete(partition, offset, event);
    parts.exact().end();
  }

  /** The table of a number in the log; null where none of its rows is wanted. */
  private Table table(long number) {
    TableId table = parts.schema().getTableId(number);
    return table == null ? null : parts.schema().tableFor(table);
  }
}
