package io.obconnect.source;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.GtidTaggedEventData;
import com.github.shyiko.mysql.binlog.event.PreviousGtidSetEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer.EventDataWrapper;
import com.github.shyiko.mysql.binlog.event.deserialization.NullEventDataDeserializer;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads files of the log for a search, without their rows. One thread only. */
final class LogScan {
  private static final Logger LOG = LoggerFactory.getLogger(LogScan.class);

  /** A file has a gigabyte by default. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private static final long MICROS_PER_MILLI = 1_000;
  private static final long REST_OF_SECOND_MICROS = 999_999;

  private static final List<EventType> ROWS =
      List.of(
          EventType.TABLE_MAP,
          EventType.WRITE_ROWS,
          EventType.UPDATE_ROWS,
          EventType.DELETE_ROWS,
          EventType.EXT_WRITE_ROWS,
          EventType.EXT_UPDATE_ROWS,
          EventType.EXT_DELETE_ROWS,
          EventType.PARTIAL_UPDATE_ROWS_EVENT,
          EventType.TRANSACTION_PAYLOAD);

  private final Supplier<BinaryLogClient> clients;
  private final long connectMillis;

  /**
   * A scan.
   *
   * @param clients set up, but for what is done with events; not connected
   */
  LogScan(Supplier<BinaryLogClient> clients, long connectMillis) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.connectMillis = connectMillis;
  }

  /**
   * Gives a file's events from its beginning to a search, until that is over or all are read that
   * the file had.
   */
  void read(LogState.File file, Predicate<LogEntry> search) throws InterruptedException {
    BinaryLogClient client = clients.get();
    client.setKeepAlive(false);
    client.setEventDeserializer(withoutRows());
    client.setBinlogFilename(file.name());
    client.setBinlogPosition(LogStart.FIRST_POSITION);
    CompletableFuture<Void> over = new CompletableFuture<>();
    client.registerEventListener(event -> accept(event, file, search, over));
    client.registerLifecycleListener(new Ends(over));
    try {
      client.connect(connectMillis);
      over.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failed(file, e.getCause());
    } catch (IOException | TimeoutException e) {
      throw failed(file, e);
    } finally {
      disconnect(client);
    }
  }

  private static ConnectException failed(LogState.File file, Throwable cause) {
    return new ConnectException(
        "no start was found in " + file.name() + ": " + cause.getMessage(), cause);
  }

  private static EventDeserializer withoutRows() {
    EventDeserializer deserializer = new EventDeserializer();
    ROWS.forEach(
        type -> deserializer.setEventDataDeserializer(type, new NullEventDataDeserializer()));
    return deserializer;
  }

  /** What a listener throws the client would only log. */
  private static void accept(
      Event event, LogState.File file, Predicate<LogEntry> search, CompletableFuture<Void> over) {
    EventHeaderV4 header = event.getHeader();
    // What a connection begins with, and heartbeats, have no place in the file.
    if (over.isDone() || header.getNextPosition() == 0 || header.getTimestamp() == 0) {
      return;
    }
    try {
      if (search.test(entry(event, header)) || header.getNextPosition() >= file.size()) {
        over.complete(null);
      }
    } catch (RuntimeException e) {
      over.completeExceptionally(e);
    }
  }

  private static LogEntry entry(Event event, EventHeaderV4 header) {
    EventData data = data(event);
    // Seconds only: what may have been later has to count as later.
    long written = header.getTimestamp() * MICROS_PER_MILLI + REST_OF_SECOND_MICROS;
    long committed = 0;
    if (data instanceof GtidEventData begin) {
      committed = begin.getImmediateCommitTimestamp();
    } else if (data instanceof GtidTaggedEventData begin) {
      committed = begin.getImmediateCommitTimestamp();
    }
    return new LogEntry(
        kind(header.getEventType()),
        header.getPosition(),
        header.getNextPosition(),
        committed == 0 ? written : committed,
        data instanceof PreviousGtidSetEventData previous ? previous.getGtidSet() : gtid(event));
  }

  private static LogEntry.Kind kind(EventType type) {
    return switch (type) {
      case GTID, GTID_TAGGED, ANONYMOUS_GTID -> LogEntry.Kind.BEGIN;
      case PREVIOUS_GTIDS -> LogEntry.Kind.PREVIOUS;
      case ROTATE, STOP -> LogEntry.Kind.END;
      default -> LogEntry.Kind.OTHER;
    };
  }

  private static EventData data(Event event) {
    return event.getData() instanceof EventDataWrapper twice
        ? twice.getExternal()
        : event.getData();
  }

  /** The GTID of a transaction that begins; empty where it has none. */
  static String gtid(Event event) {
    EventData data = data(event);
    if (data instanceof GtidEventData begin
        && event.getHeader().getEventType() != EventType.ANONYMOUS_GTID) {
      return begin.getMySqlGtid().toString();
    }
    return data instanceof GtidTaggedEventData begin ? begin.getMySqlGtid().toString() : "";
  }

  private static void disconnect(BinaryLogClient client) {
    try {
      client.disconnect();
    } catch (IOException e) {
      LOG.debug("A connection that read the log did not end well", e);
    }
  }

  /** Ends a wait for events that will not come. */
  private static final class Ends extends BinaryLogClient.AbstractLifecycleListener {
    private final CompletableFuture<Void> over;

    Ends(CompletableFuture<Void> over) {
      this.over = over;
    }

    @Override
    public void onCommunicationFailure(BinaryLogClient client, Exception failure) {
      over.completeExceptionally(failure);
    }

    @Override
    public void onEventDeserializationFailure(BinaryLogClient client, Exception failure) {
      over.completeExceptionally(failure);
    }

    @Override
    public void onDisconnect(BinaryLogClient client) {
      over.completeExceptionally(new EOFException("the database has ended the connection"));
    }
  }
}
