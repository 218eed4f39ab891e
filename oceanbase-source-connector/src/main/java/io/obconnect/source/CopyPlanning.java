package io.obconnect.source;

import io.debezium.config.Configuration;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.obconnect.model.CopyMark;
import io.obconnect.model.RetryPolicy;
import io.obconnect.model.TableId;
import io.obconnect.source.CopyPlan.TableCopy;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans the full copy beside the stream: a table whose definition is in Kafka gets its run, then
 * its chunks. Thread-safe.
 */
final class CopyPlanning {
  private static final Logger LOG = LoggerFactory.getLogger(CopyPlanning.class);
  private static final String TABLES = "tableChanges";

  private final CopyOptions copy;
  private final Map<String, String> options;
  private final RetryPolicy policy;
  private final CopyPlan plan = new CopyPlan();
  private final Optional<Map<String, Object>> start;

  private final Predicate<io.debezium.relational.TableId> captured;

  /** Tables that the plan knows. */
  private final Set<TableId> planned = ConcurrentHashMap.newKeySet();

  /** Runs whose definition is on its way to Kafka. */
  private final Map<TableId, PlanEntry.Run> announced = new ConcurrentHashMap<>();

  private final BlockingQueue<PlanEntry> defined = new LinkedBlockingQueue<>();
  private final PlanTopic topic;
  private final CopyThread thread;

  /** Reads the plan so far. */
  CopyPlanning(CopyOptions copy, Map<String, String> options, RetryPolicy policy) {
    this.copy = Objects.requireNonNull(copy, "copy");
    this.options = Map.copyOf(options);
    this.policy = Objects.requireNonNull(policy, "policy");
    this.topic = PlanTopic.open(copy.planTopic(), options);
    topic.readToEnd(plan::accept);
    this.start = plan.start();
    planned.addAll(plan.tables());
    this.captured =
        new MySqlConnectorConfig(Configuration.from(options))
                .getTableFilters()
                .dataCollectionFilter()
            ::isIncluded;
    this.thread = new CopyThread(copy.topic() + "-planner", this::run);
  }

  void begin() {
    thread.start();
  }

  /** See {@link CopyPlan#start()}. */
  Optional<Map<String, Object>> start() {
    return start;
  }

  boolean isPlanned(TableId table) {
    return planned.contains(table);
  }

  /**
   * Says that a table's definition is about to be sent.
   *
   * @param offset the table's changes are streamed from there on
   * @return the statement to send
   */
  String announce(TableId table, Map<String, ?> offset, String ddl) {
    PlanEntry.Run run =
        announced.computeIfAbsent(
            table, t -> new PlanEntry.Run(t, nextRun(t), Map.copyOf(offset), 0));
    return CopyMark.mark(run.run(), ddl);
  }

  private long nextRun(TableId table) {
    synchronized (plan) {
      return plan.nextRun(table);
    }
  }

  /** Takes a record that Kafka has; a definition among them lets its table's copy begin. */
  void delivered(SourceRecord record) {
    if (!(record.value() instanceof Struct value) || value.schema().field(TABLES) == null) {
      return;
    }
    // The offset would not do: that of a snapshot's last record says that it is over.
    boolean streamed = ResumePoint.isStreamed(record);
    boolean marked = value.get("ddl") instanceof String ddl && CopyMark.run(ddl).isPresent();
    for (Object change : value.getArray(TABLES)) {
      String name = ((Struct) change).getString("id");
      io.debezium.relational.TableId id = io.debezium.relational.TableId.parse(name, true);
      TableId table = new TableId(id.catalog(), id.table());
      if (marked) {
        Optional.ofNullable(announced.remove(table)).ifPresent(defined::add);
      } else if (streamed && captured.test(id) && planned.add(table)) {
        // Created, or renamed, where the stream was already: its rows are all there.
        defined.add(new PlanEntry.Streamed(table));
      }
    }
  }

  void requireAlive() {
    thread.requireAlive();
  }

  void stop() {
    thread.stop();
  }

  private void run() throws InterruptedException {
    ChunkPlanner planner = new ChunkPlanner(copy.chunkBytes());
    try (topic;
        SourceSession session = new SourceSession(options, policy)) {
      // What a planner before this one has left unfinished.
      for (TableCopy left : copies()) {
        plan(left.run(), planner, session);
      }
      while (true) {
        PlanEntry next = defined.take();
        if (next instanceof PlanEntry.Run run) {
          begin(run, planner, session);
        } else {
          write(next);
        }
      }
    }
  }

  private Iterable<TableCopy> copies() {
    synchronized (plan) {
      return plan.copies();
    }
  }

  private void begin(PlanEntry.Run run, ChunkPlanner planner, SourceSession session)
      throws InterruptedException {
    TableId table = run.table();
    long rows =
        session.run(
            "Planning the copy of " + table.quoted(),
            connection -> CopyTableReader.size(connection, table).rows());
    write(new PlanEntry.Run(table, run.run(), run.start(), rows));
    planned.add(table);
    plan(run, planner, session);
  }

  private void plan(PlanEntry.Run run, ChunkPlanner planner, SourceSession session)
      throws InterruptedException {
    TableId id = run.table();
    String what = "Planning the copy of " + id.quoted();
    CopyTable table = session.run(what, connection -> CopyTableReader.read(connection, id));
    long rows = session.run(what, connection -> planner.rows(connection, table));
    while (true) {
      TableCopy now = copy(id);
      if (now.isPlanned() || now.run().run() != run.run()) {
        LOG.info("The copy of {} has {} chunks", id.quoted(), now.chunks().size());
        return;
      }
      Chunk next =
          session.run(
              what,
              connection ->
                  planner.next(
                      connection, table, run.run(), now.chunks().size(), now.plannedTo(), rows));
      write(new PlanEntry.Part(next));
    }
  }

  private TableCopy copy(TableId table) {
    synchronized (plan) {
      return plan.copy(table).orElseThrow();
    }
  }

  /** What counts is what the topic says, where a replaced planner may write, too. */
  private void write(PlanEntry entry) {
    topic.write(entry);
    synchronized (plan) {
      topic.readToEnd(plan::accept);
    }
  }
}
