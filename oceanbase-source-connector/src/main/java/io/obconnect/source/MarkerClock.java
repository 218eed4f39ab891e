package io.obconnect.source;

import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for markers at an interval, by a thread of its own: it puts how far the log has been read
 * behind the records that were made up to there.
 *
 * <p>While nothing happens the log's own times stand still. Then the server is asked for its time
 * and the end of its log: if that has been read, so has everything before that time. No clock but
 * the source's is involved.
 */
final class MarkerClock {
  private static final Logger LOG = LoggerFactory.getLogger(MarkerClock.class);

  private final MarkerPace pace;
  private final AtomicReference<ReadPosition> read;
  private final Supplier<Set<String>> topics;
  private final Queue queue;
  private final Optional<Supplier<BinlogConnectorConnection>> server;
  private final CopyThread thread;
  private Optional<BinlogConnectorConnection> connection = Optional.empty();
  private boolean warned;
  private ReadPosition seen;
  private ReadPosition told;
  private Map<String, Integer> toldTopics = Map.of();

  /** Where records wait for Connect. */
  @FunctionalInterface
  interface Queue {
    void put(PositionRecord place) throws InterruptedException;
  }

  /**
   * A clock that stands still.
   *
   * @param read how far the stream has come; null before it has begun
   * @param topics of the connector as it knows its tables now
   * @param server connects to the server whose log is read, empty where that cannot tell its end
   */
  MarkerClock(
      MarkerPace pace,
      AtomicReference<ReadPosition> read,
      Supplier<Set<String>> topics,
      Queue queue,
      Optional<Supplier<BinlogConnectorConnection>> server) {
    this.pace = Objects.requireNonNull(pace, "pace");
    this.read = Objects.requireNonNull(read, "read");
    this.topics = Objects.requireNonNull(topics, "topics");
    this.queue = Objects.requireNonNull(queue, "queue");
    this.server = Objects.requireNonNull(server, "server");
    this.thread = new CopyThread("markers", this::run);
  }

  void start() {
    thread.start();
  }

  /** Throws what ended the clock, if anything has. */
  void requireAlive() {
    thread.requireAlive();
  }

  void stop() {
    thread.stop();
  }

  private void run() throws InterruptedException {
    try {
      while (true) {
        Thread.sleep(pace.interval().toMillis());
        ReadPosition now = read.get();
        if (now != null) {
          tick(now);
        }
      }
    } finally {
      disconnect();
    }
  }

  private void tick(ReadPosition now) throws InterruptedException {
    ReadPosition position = now.equals(seen) ? untilNow(now) : now;
    seen = now;
    Map<String, Integer> targets = pace.topics().partitions(this::allTopics);
    // A time of 0: the log has not told any yet.
    if (position.timestampMs() > 0 && (!position.equals(told) || !targets.equals(toldTopics))) {
      queue.put(new PositionRecord(position, targets));
      told = position;
      toldTopics = targets;
    }
  }

  private Set<String> allTopics() {
    Set<String> all = new HashSet<>(pace.further());
    all.addAll(topics.get());
    return all;
  }

  /** Where nothing has come since the last look, the end may have been reached. */
  private ReadPosition untilNow(ReadPosition now) {
    if (server.isEmpty()) {
      return now;
    }
    try {
      BinlogConnectorConnection open = connection.orElseGet(server.get());
      connection = Optional.of(open);
      ServerLogEnd end = ServerLogEnd.read(open);
      warned = false;
      ReadPosition latest = read.get();
      return latest.hasReached(end) ? latest.at(end.timestampMs()) : latest;
    } catch (SQLException | RuntimeException e) {
      disconnect();
      if (!warned) {
        warned = true;
        LOG.warn(
            "The end of the log cannot be asked for, so markers stay at the last change: {}",
            CaptureFailure.describe(e));
      }
      return now;
    }
  }

  private void disconnect() {
    try {
      if (connection.isPresent()) {
        connection.get().close();
      }
    } catch (SQLException e) {
      LOG.debug("Closing a connection to the database failed with error {}", e.getErrorCode());
    }
    connection = Optional.empty();
  }
}
