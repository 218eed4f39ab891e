package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.RetryPolicy;
import io.obconnect.sink.LaneRouting.Origin;
import io.obconnect.sink.LaneWork.Dependency;
import io.obconnect.sink.LaneWork.RowWork;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.connect.data.Struct;

/**
 * Law: whatever the lanes' threads do when, the destination ends as if all changes had been applied
 * one after the other. Histories are those of a source that enforces its keys: inserts, updates,
 * deletes, rows that move to another key, unique values that are freed and taken at once, swaps.
 *
 * <p>The lanes' queues, the detector, the routing, the windows and their SQL are the real ones; a
 * random number generator takes the place of the threads, and a table with its keys that of the
 * engine.
 */
class ParallelApplyTest {
  private static final int KEYS = 5;
  private static final int LANES = 3;
  private static final int SLOTS = 3;
  private static final Pattern INSERT =
      Pattern.compile("INSERT INTO `shop`\\.`orders` \\(`id`, `v`\\) VALUES (.*?)( ON .*)?");
  private static final Pattern ROW = Pattern.compile("\\((-?\\d+),(-?\\d+|NULL)\\)");
  private static final Pattern KEY = Pattern.compile("\\((-?\\d+)\\)");

  /** A table that enforces a primary key and, if it has one, a unique key over v. */
  private static final class FakeTable implements TransactionRunner {
    private final boolean unique;
    private Map<Long, Integer> rows = new TreeMap<>();

    FakeTable(boolean unique) {
      this.unique = unique;
    }

    @Override
    public void transaction(List<SlotMark> marks, List<String> statements) throws SQLException {
      rows = after(statements);
    }

    @Override
    public void trial(List<String> statements) throws SQLException {
      Objects.requireNonNull(after(statements));
    }

    @Override
    public long maxStatementBytes() {
      return 1 << 20;
    }

    private Map<Long, Integer> after(List<String> statements) throws SQLException {
      Map<Long, Integer> copy = new TreeMap<>(rows);
      for (String sql : statements) {
        execute(sql, copy);
      }
      return copy;
    }

    private void execute(String sql, Map<Long, Integer> table) throws SQLException {
      Matcher insert = INSERT.matcher(sql);
      if (!insert.matches()) {
        Matcher key = KEY.matcher(sql.substring(sql.indexOf(" IN (") + " IN (".length()));
        while (key.find()) {
          table.remove(Long.valueOf(key.group(1)));
        }
        return;
      }
      Matcher row = ROW.matcher(insert.group(1));
      while (row.find()) {
        long id = Long.parseLong(row.group(1));
        Integer v = row.group(2).equals("NULL") ? null : Integer.valueOf(row.group(2));
        boolean taken = insert.group(2) == null && table.containsKey(id);
        boolean collides = unique && v != null && others(table, id).contains(v);
        if (taken || collides) {
          throw new SQLException("duplicate", "23000", 1062);
        }
        table.put(id, v);
      }
    }

    private static List<Integer> others(Map<Long, Integer> table, long id) {
      return table.entrySet().stream()
          .filter(entry -> entry.getKey() != id)
          .map(Map.Entry::getValue)
          .toList();
    }
  }

  /** A source that makes up changes; they always respect its keys. */
  private static final class Source {
    private final Random random;
    private final boolean unique;
    private final boolean images;
    private final Map<Long, Integer> rows = new TreeMap<>();
    private final List<RowChange> changes = new ArrayList<>();

    Source(Random random, boolean unique, boolean images) {
      this.random = random;
      this.unique = unique;
      this.images = images;
    }

    void step() {
      long id = random.nextInt(KEYS);
      if (!rows.containsKey(id)) {
        put(id, freeValue());
      } else {
        switch (random.nextInt(5)) {
          case 0 -> remove(id);
          case 1 -> put(id, freeValue());
          case 2 -> move(id, random.nextInt(KEYS), random.nextBoolean());
          case 3 -> swap(id, random.nextInt(KEYS));
          default -> put(id, rows.get(id));
        }
      }
    }

    private Integer freeValue() {
      int value = random.nextInt(2 * KEYS);
      boolean taken = unique && rows.containsValue(value);
      return taken ? null : value;
    }

    private void put(long id, Integer v) {
      Integer before = rows.get(id);
      Operation operation = rows.containsKey(id) ? Operation.UPDATE : Operation.INSERT;
      emit(
          operation,
          id,
          operation == Operation.INSERT ? null : image(id, before),
          Changes.row(id, v));
      rows.put(id, v);
    }

    private void remove(long id) {
      emit(Operation.DELETE, id, image(id, rows.get(id)), null);
      rows.remove(id);
    }

    /** As Debezium splits it, or as one update. */
    private void move(long from, long to, boolean split) {
      if (rows.containsKey(to)) {
        return;
      }
      Integer v = rows.get(from);
      if (split || !images) {
        remove(from);
        put(to, v);
      } else {
        emit(Operation.UPDATE, to, Changes.row(from, v), Changes.row(to, v));
        rows.remove(from);
        rows.put(to, v);
      }
    }

    private void swap(long one, long other) {
      if (one == other || !rows.containsKey(other)) {
        return;
      }
      Integer a = rows.get(one);
      Integer b = rows.get(other);
      put(one, null);
      put(other, a);
      put(one, b);
    }

    private Struct image(long id, Integer v) {
      return images ? Changes.row(id, v) : null;
    }

    private void emit(Operation operation, long key, Struct before, Struct after) {
      changes.add(new RowChange(Changes.TABLE, operation, Changes.key(key), before, after, null));
    }
  }

  /** The lanes of a task, run by a random number generator instead of threads. */
  private static final class RandomLanes {
    private final Random random;
    private final List<LaneQueue> queues =
        IntStream.range(0, LANES).mapToObj(lane -> new LaneQueue(0)).toList();
    private final SinkMetrics metrics = new SinkMetrics(new RecordingBoard(), () -> 0);
    private final List<WindowWriter> writers;
    private final List<List<LaneWork>> flights = new ArrayList<>();
    private final ConflictDetector conflicts = new ConflictDetector(LANES, this::isSettled);
    private final TableRouter router;
    private final PartitionProgress progress =
        new PartitionProgress(PartitionClaim.unmarked(Changes.PARTITION, SLOTS));
    private long offset;

    RandomLanes(Random random, TablePlan plan, FakeTable table) {
      this.random = random;
      this.router = new TableRouter(plan);
      Retrier retrier =
          new Retrier(
              failure -> {},
              new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)));
      SinkLimits limits =
          new SinkLimits(
              LANES, 4, 1_000, Duration.ZERO, 100, 1_000_000, Duration.ZERO, Duration.ofSeconds(1));
      this.writers =
          queues.stream()
              .map(
                  queue ->
                      new WindowWriter(
                          table,
                          retrier,
                          limits,
                          rejected -> {
                            throw new AssertionError("rejected: " + rejected.get(0).failure());
                          },
                          metrics))
              .toList();
      queues.forEach(queue -> flights.add(new ArrayList<>()));
    }

    private boolean isSettled(Dependency dependency) {
      return queues.get(dependency.lane()).isSettled(dependency.sequence());
    }

    void route(RowChange change) {
      new LaneRouting(
              router, LANES, conflicts, (lane, work) -> queues.get(lane).offer(work), metrics)
          .route(
              change,
              new Origin(
                  progress,
                  Changes.tombstone(offset),
                  Changes.position(offset),
                  LaneWork.NO_TRANSACTION));
      progress.read(offset++);
    }

    /** Lets one lane do one thing. */
    void step() throws InterruptedException {
      int lane = random.nextInt(LANES);
      LaneQueue queue = queues.get(lane);
      List<LaneWork> flight = flights.get(lane);
      if (flight.isEmpty()) {
        if (queue.size() > 0) {
          flight.addAll(queue.take(1 + random.nextInt(4), Long.MAX_VALUE));
        }
        return;
      }
      int count = 0;
      while (count < flight.size()
          && ((RowWork) flight.get(count)).dependencies().stream().allMatch(this::isSettled)) {
        count++;
      }
      if (count > 0) {
        List<LaneWork> window = List.copyOf(flight.subList(0, 1 + random.nextInt(count)));
        writers
            .get(lane)
            .write(
                window,
                done -> {
                  done.forEach(LaneWork::finished);
                  queue.settle(done.size());
                });
        flight.subList(0, window.size()).clear();
      }
    }

    boolean isIdle() {
      return queues.stream().allMatch(queue -> queue.size() == 0);
    }
  }

  private static void applyInParallel(long seed, int steps, TablePlan plan, boolean images)
      throws InterruptedException {
    Random random = new Random(seed);
    boolean unique = plan.tableClass() == TableClass.CONFLICTING;
    Source source = new Source(random, unique, images);
    IntStream.range(0, steps).forEach(i -> source.step());
    FakeTable table = new FakeTable(unique);
    RandomLanes lanes = new RandomLanes(random, plan, table);

    for (RowChange change : source.changes) {
      lanes.route(change);
      for (int i = random.nextInt(4); i > 0; i--) {
        lanes.step();
      }
    }
    for (int idle = 0; !lanes.isIdle(); idle++) {
      lanes.step();
      assertTrue(idle < 100_000, "lanes that wait for each other for ever, seed " + seed);
    }

    assertEquals(source.rows, table.rows, "seed " + seed);
    assertTrue(lanes.progress.isQuiet());
    assertEquals(lanes.offset, lanes.progress.finishedOffset().orElse(0));
  }

  @Property(tries = 400)
  void tableWithOneKey(@ForAll long seed, @ForAll @IntRange(max = 60) int steps)
      throws InterruptedException {
    applyInParallel(seed, steps, Changes.plan(), true);
  }

  @Property(tries = 1500)
  void tableWhoseRowsCollideByAFurtherKey(@ForAll long seed, @ForAll @IntRange(max = 60) int steps)
      throws InterruptedException {
    applyInParallel(seed, steps, Changes.uniquePlan(), true);
  }

  /** The keys of the sources differ, so nothing may be refused whatever the lanes do when. */
  @Property(tries = 800)
  void tableThatSeveralSourcesAreMergedInto(
      @ForAll long seed, @ForAll @IntRange(max = 60) int steps) throws InterruptedException {
    TablePlan unique = Changes.uniquePlan();
    TablePlan merged =
        new TablePlan(
            unique.table(), unique.columns(), unique.rowKey(), unique.furtherKeys(), false, true);
    applyInParallel(seed, steps, merged, true);
  }

  /** binlog_row_image=MINIMAL: nobody knows which value a change frees. */
  @Property(tries = 800)
  void tableWhoseFreedValuesAreUnknown(@ForAll long seed, @ForAll @IntRange(max = 60) int steps)
      throws InterruptedException {
    applyInParallel(seed, steps, Changes.uniquePlan(), false);
  }

  @Property(tries = 200)
  void tableWhoseKeysOnlyTheServerCanCompute(
      @ForAll long seed, @ForAll @IntRange(max = 60) int steps) throws InterruptedException {
    UniqueKey expression =
        new UniqueKey("f", List.of(new UniqueKey.Part("", 0), new UniqueKey.Part("v", 0)));
    TablePlan plan =
        new TablePlan(
            Changes.TABLE, Changes.plan().columns(), List.of("id"), List.of(expression), true);
    applyInParallel(seed, steps, plan, true);
  }

  /** The test must be able to fail: without the detector some schedule breaks a unique key. */
  @Example
  void withoutWaitingTheLawDoesNotHold() {
    Map<Boolean, Integer> outcomes = new HashMap<>();
    TablePlan blind =
        new TablePlan(Changes.TABLE, Changes.plan().columns(), List.of("id"), List.of(), false);
    for (long seed = 0; seed < 300; seed++) {
      boolean held = true;
      try {
        Random random = new Random(seed);
        Source source = new Source(random, true, true);
        IntStream.range(0, 40).forEach(i -> source.step());
        FakeTable table = new FakeTable(true);
        RandomLanes lanes = new RandomLanes(random, blind, table);
        source.changes.forEach(lanes::route);
        for (int i = 0; !lanes.isIdle() && i < 100_000; i++) {
          lanes.step();
        }
        held = source.rows.equals(table.rows);
      } catch (AssertionError rejected) {
        held = false;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      outcomes.merge(held, 1, Integer::sum);
    }
    assertTrue(outcomes.getOrDefault(false, 0) > 10, outcomes.toString());
  }
}
