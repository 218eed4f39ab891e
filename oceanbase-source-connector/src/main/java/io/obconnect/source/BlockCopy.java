package io.obconnect.source;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.RetryPolicy;
import io.obconnect.source.CopyPlan.TableCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the chunks of some slices: follows the plan, reads, and hands blocks out. A thread of its
 * own reads, so that reading and sending overlap; the other methods are for the task's thread.
 */
final class BlockCopy {
  private static final Logger LOG = LoggerFactory.getLogger(BlockCopy.class);

  /** Blocks that wait to be sent: enough for the next poll, little enough for memory. */
  private static final int MAX_WAITING = 8;

  /** Tell attempts of the same millisecond apart. */
  private static final int RANDOM_BITS = 20;

  private static final Duration IDLE = Duration.ofMillis(500);

  private final CopyOptions copy;
  private final Map<String, String> options;
  private final RetryPolicy policy;
  private final CopyProgress progress;
  private final BlockingQueue<SourceRecord> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final CopyThread thread;

  BlockCopy(
      CopyOptions copy, Map<String, String> options, RetryPolicy policy, CopyProgress progress) {
    this.copy = Objects.requireNonNull(copy, "copy");
    this.options = Map.copyOf(options);
    this.policy = Objects.requireNonNull(policy, "policy");
    this.progress = Objects.requireNonNull(progress, "progress");
    this.thread = new CopyThread(copy.topic() + "-reader", this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * The next blocks.
   *
   * @param patience how long to wait for the first one
   */
  List<SourceRecord> poll(Duration patience) throws InterruptedException {
    thread.requireAlive();
    List<SourceRecord> records = new ArrayList<>();
    SourceRecord first = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      records.add(first);
      waiting.drainTo(records);
    }
    return records;
  }

  void stop() {
    thread.stop();
  }

  private void run() throws InterruptedException {
    CopyPlan plan = new CopyPlan();
    try (PlanTopic topic = PlanTopic.open(copy.planTopic(), options);
        SourceSession session = new SourceSession(options, policy);
        TableSnapshot snapshots = new TableSnapshot(options, policy)) {
      topic.readToEnd(plan::accept);
      while (!Thread.currentThread().isInterrupted()) {
        Optional<Chunk> next = progress.next(plan);
        if (next.isPresent()) {
          copy(next.get(), plan.copy(next.get().table()).orElseThrow(), session, snapshots);
        }
        topic.read(next.isPresent() ? Duration.ZERO : IDLE, plan::accept);
      }
    }
  }

  private void copy(
      Chunk chunk, TableCopy tableCopy, SourceSession session, TableSnapshot snapshots)
      throws InterruptedException {
    long begunNanos = System.nanoTime();
    String what = "Copying chunk " + chunk.number() + " of " + chunk.table().quoted();
    long rows =
        session.run(
            what,
            connection -> {
              // Asked anew for each chunk: a column may have come meanwhile.
              CopyTable table = CopyTableReader.read(connection, chunk.table());
              return read(connection, table, chunk, snapshots, new Sender(chunk, tableCopy));
            });
    LOG.debug(
        "{}: {} rows in {} ms",
        what,
        rows,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos));
  }

  private long read(
      Connection connection,
      CopyTable table,
      Chunk chunk,
      TableSnapshot snapshots,
      ChunkReader.BlockConsumer consumer)
      throws SQLException, InterruptedException {
    ChunkReader reader = new ChunkReader(copy.blockBytes());
    Optional<CopyBlock.Snapshot> snapshot =
        table.hasKey() ? Optional.empty() : Optional.of(snapshots.begin(connection, table.id()));
    long rows = reader.read(connection, table, chunk, newAttempt(), snapshot, consumer);
    if (snapshot.isPresent()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("COMMIT");
      }
    }
    return rows;
  }

  /** A number that no other attempt has, of whatever task; later ones have higher numbers. */
  private static long newAttempt() {
    return (System.currentTimeMillis() << RANDOM_BITS)
        + ThreadLocalRandom.current().nextLong(1L << RANDOM_BITS);
  }

  /** Puts the blocks of one attempt into the queue. */
  private final class Sender implements ChunkReader.BlockConsumer {
    private final Chunk chunk;
    private final TableCopy tableCopy;
    private final String key;
    private long rows;

    Sender(Chunk chunk, TableCopy tableCopy) {
      this.chunk = chunk;
      this.tableCopy = tableCopy;
      // All blocks of a chunk go to one partition.
      this.key = chunk.table() + "/" + chunk.run() + "/" + chunk.number();
    }

    @Override
    public void accept(CopyBlock block) throws InterruptedException {
      rows += block.rowCount();
      Map<String, Object> offset =
          block.end() == CopyBlock.End.NONE
              ? progress.offset(chunk, tableCopy)
              : progress.finished(chunk, tableCopy, rows);
      waiting.put(
          new SourceRecord(
              progress.partition(chunk),
              offset,
              copy.topic(),
              null,
              Schema.STRING_SCHEMA,
              key,
              CopyBlock.SCHEMA,
              block.toBytes()));
    }
  }
}
