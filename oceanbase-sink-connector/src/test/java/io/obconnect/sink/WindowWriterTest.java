package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.RetryPolicy;
import io.obconnect.sink.LaneWork.TransactionWork;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * I7: a refused record is rejected alone, all others are applied; a lost connection rejects none.
 */
class WindowWriterTest {
  private static final Schema TIMED =
      SchemaBuilder.struct()
          .field("id", Schema.INT64_SCHEMA)
          .field(
              "v",
              SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp").optional().build())
          .build();

  private static final SinkLimits LIMITS =
      new SinkLimits(
          1, 5_000, 1_000, Duration.ZERO, 1_000, 1_000_000, Duration.ZERO, Duration.ofSeconds(1));

  private static final long NOW_MS = 1_700_000_000_500L;

  private final FakeDestination destination = new FakeDestination();
  private final List<RejectedRecord> rejected = new ArrayList<>();
  private final TablePlan table = Changes.plan();
  private final RecordingBoard board = new RecordingBoard();
  private final SinkMetrics metrics = new SinkMetrics(board, () -> NOW_MS);
  private final WindowWriter writer =
      new WindowWriter(
          destination,
          new Retrier(
              failure -> {},
              new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1))),
          LIMITS,
          rejected::addAll,
          metrics);

  /** Commits what it is given unless a statement holds a row that it refuses. */
  private static final class FakeDestination implements TransactionRunner {
    private final List<String> committed = new ArrayList<>();
    private final List<SlotMark> moved = new ArrayList<>();
    private int transactions;
    private Runnable onFailure = () -> {};
    private Set<String> refusedRows = Set.of();
    private SQLException refusal = new SQLException("entry 'secret-value'", "23000", 1062);
    private boolean valuesAreTaken;
    private int failuresBefore;
    private long maxStatementBytes = 1 << 20;

    @Override
    public void transaction(List<SlotMark> marks, List<String> statements) throws SQLException {
      check(statements);
      transactions++;
      committed.addAll(statements);
      moved.addAll(marks);
    }

    @Override
    public void trial(List<String> statements) throws SQLException {
      check(statements);
    }

    private void check(List<String> statements) throws SQLException {
      if (failuresBefore > 0) {
        failuresBefore--;
        onFailure.run();
        throw new SQLException("gone", "08S01");
      }
      if (valuesAreTaken && statements.stream().noneMatch(sql -> sql.contains("WHERE (`v`) IN"))) {
        throw refusal;
      }
      for (String sql : statements) {
        if (refusedRows.stream().anyMatch(sql::contains)) {
          throw refusal;
        }
      }
    }

    @Override
    public long maxStatementBytes() {
      return maxStatementBytes;
    }

    long committedRows(String row) {
      return committed.stream().filter(sql -> sql.contains(row)).count();
    }
  }

  private LaneWork apply(long offset, RowChange change) {
    return Changes.work(table, change, offset);
  }

  private List<LaneWork> upserts(long count) {
    return LongStream.range(0, count).mapToObj(id -> apply(id, Changes.upsert(id, 7))).toList();
  }

  private void write(List<LaneWork> works) {
    List<LaneWork> done = new ArrayList<>();
    writer.write(works, done::addAll);
    assertEquals(works, done, "all work is done, in order");
  }

  private List<Long> rejectedOffsets() {
    return rejected.stream().map(record -> record.position().offset()).toList();
  }

  @Test
  void refusedRowsAreFoundAndAllOthersApplied() {
    destination.refusedRows = Set.of("(3,7)", "(10,7)");
    write(upserts(12));
    assertEquals(List.of(3L, 10L), rejectedOffsets());
    for (long id = 0; id < 12; id++) {
      long expected = id == 3 || id == 10 ? 0 : 1;
      assertEquals(expected, destination.committedRows("(" + id + ",7)"), "row " + id);
    }
  }

  @Test
  void sourceTransactionStaysWholeWhenARowOfItIsRefused() {
    destination.refusedRows = Set.of("(3,7)");
    PartitionProgress progress = marked(0);
    List<LaneWork> works = new ArrayList<>(upserts(2));
    for (long id = 2; id < 200; id++) {
      works.add(Changes.work(progress, table, Changes.upsert(id, 7), id, 1));
    }
    write(works);
    assertEquals(List.of(3L), rejectedOffsets());
    assertEquals(1, destination.transactions);
    assertEquals(1, destination.committedRows("(199,7)"));
  }

  /** Also that of a partition of which nothing was to be applied. */
  @Test
  void marksOfATransactionMoveBehindItsRecords() {
    PartitionProgress progress = marked(0);
    List<Long> told = new ArrayList<>();
    SourcePosition end = new SourcePosition("transaction x", 5);
    progress.routed(0, 0);
    write(
        List.of(
            Changes.work(progress, table, Changes.upsert(1, 7), 0, 1),
            new TransactionWork(progress, 0, 3, 1, end, () -> told.add(3L))));
    progress.finished(0, 0);
    assertEquals(1, destination.moved.size());
    assertEquals(3, destination.moved.get(0).nextOffset());
    assertEquals(end, destination.moved.get(0).position());
  }

  @Test
  void rejectionNamesTableAndErrorButNoValue() {
    destination.refusedRows = Set.of("(0,7)");
    write(upserts(1));
    ConnectException reason = rejected.get(0).failure();
    assertTrue(reason.getMessage().contains("`shop`.`orders` (key `id`)"), reason.getMessage());
    assertTrue(reason.getMessage().contains("1062"), reason.getMessage());
    assertFalse(reason.getMessage().contains("secret-value"), reason.getMessage());
    assertNull(reason.getCause());
  }

  @Test
  void lostConnectionRejectsNothing() {
    destination.failuresBefore = 3;
    write(upserts(4));
    assertEquals(List.of(), rejected);
    assertEquals(1, destination.committedRows("(3,7)"));
  }

  @Test
  void refusalOfTheTableFailsTheLaneWithoutRejectingRows() {
    destination.refusedRows = Set.of("(2,7)");
    destination.refusal = new SQLException("secret-value", "42S02", 1146);
    ConnectException failure = assertThrows(TableRefusedException.class, () -> write(upserts(4)));
    assertEquals(List.of(), rejected);
    assertTrue(failure.getMessage().contains("1146"), failure.getMessage());
    assertFalse(failure.getMessage().contains("secret-value"), failure.getMessage());
  }

  /** A value that no literal can be made of is found out only when the SQL is written. */
  @Test
  void malformedValueIsRejectedAlone() {
    List<LaneWork> rows = new ArrayList<>();
    for (long id = 0; id < 5; id++) {
      Struct after =
          new Struct(TIMED)
              .put("id", id)
              .put("v", id == 2 ? "secret-value" : "2024-01-01T00:00:00Z");
      rows.add(
          apply(
              id,
              new RowChange(Changes.TABLE, Operation.INSERT, Changes.key(id), null, after, null)));
    }
    write(rows);
    assertEquals(List.of(2L), rejectedOffsets());
    assertFalse(rejected.get(0).failure().getMessage().contains("secret-value"));
    assertEquals(1, destination.committedRows("(4,'2024-01-01 00:00:00')"));
  }

  /**
   * Drivers report such a statement as a failure of their own, without an error number. The
   * server's limit counts bytes.
   */
  @ParameterizedTest
  @ValueSource(strings = {"x", "文", "🙂"})
  void rowLargerThanTheServerTakesIsRejectedAlone(String character) {
    String text = character.repeat(200 / character.getBytes(StandardCharsets.UTF_8).length);
    destination.maxStatementBytes = 150;
    List<LaneWork> rows = new ArrayList<>(upserts(3));
    TablePlan wide = Changes.plan(Changes.column("id", "bigint"), Changes.column("v", "text"));
    Schema schema =
        SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("v", Schema.STRING_SCHEMA)
            .build();
    Struct after = new Struct(schema).put("id", 9L).put("v", text);
    rows.add(
        Changes.work(
            wide,
            new RowChange(Changes.TABLE, Operation.INSERT, Changes.key(9), null, after, null),
            9));
    write(rows);
    assertEquals(List.of(9L), rejectedOffsets());
    assertEquals(1, destination.committedRows("(2,7)"));
    assertTrue(rejected.get(0).failure().getMessage().contains("max_allowed_packet"));
  }

  private static PartitionProgress marked(long mark) {
    return new PartitionProgress(new PartitionClaim(Changes.PARTITION, 1, List.of(mark)));
  }

  private LaneWork apply(PartitionProgress progress, long offset) {
    return Changes.work(progress, table, Changes.upsert(offset, 7), offset);
  }

  @Test
  void withdrawnWorkIsNotTriedAgain() {
    PartitionProgress progress = marked(0);
    destination.failuresBefore = 1;
    destination.onFailure = progress::withdraw;
    List<LaneWork> works = List.of(apply(progress, 0));
    assertThrows(WorkCancelledException.class, () -> write(works));
    assertEquals(List.of(), destination.committed);
  }

  /** Its transaction had committed, though nobody knew. */
  @Test
  void workThatTurnsOutToBeAppliedIsPassedBy() {
    PartitionProgress progress = marked(0);
    List<LaneWork> works = List.of(apply(progress, 0), apply(progress, 1), apply(progress, 2));
    progress.stored(0, 2);
    write(works);
    assertEquals(0, destination.committedRows("(1,7)"));
    assertEquals(1, destination.committedRows("(2,7)"));
    assertEquals(2, destination.moved.get(0).formerOffset());
    assertEquals(3, destination.moved.get(0).nextOffset());
  }

  @Test
  void windowOfAppliedWorkTouchesNothing() {
    PartitionProgress progress = marked(0);
    List<LaneWork> works = List.of(apply(progress, 0));
    progress.stored(0, 1);
    write(works);
    assertEquals(List.of(), destination.committed);
    assertEquals(List.of(), destination.moved);
  }

  /** As after a reset of offsets: the row that has the value now gets it by a later change. */
  @Test
  void changesThatAreAppliedAgainMakeRoomForThemselves() {
    destination.valuesAreTaken = true;
    write(List.of(Changes.work(Changes.uniquePlan(), Changes.upsert(1, 7), 0)));
    assertEquals(List.of(), rejected);
    assertEquals(1, destination.committedRows("(1,7)"));
  }

  @Test
  void valueThatStaysTakenIsRejected() {
    destination.refusedRows = Set.of("VALUES (1,7)");
    write(List.of(Changes.work(Changes.uniquePlan(), Changes.upsert(1, 7), 0)));
    assertEquals(List.of(0L), rejectedOffsets());
  }

  @Test
  void committedWorkIsCountedOnceHoweverOftenItWasTried() {
    destination.failuresBefore = 3;
    List<LaneWork> works = new ArrayList<>(upserts(4));
    works.add(apply(4, Changes.delete(2)));
    write(works);
    assertEquals(4, board.value(SinkMetric.CHANGES_APPLIED, "insert"));
    assertEquals(0, board.value(SinkMetric.CHANGES_APPLIED, "update"));
    assertEquals(1, board.value(SinkMetric.CHANGES_APPLIED, "delete"));
    assertEquals(4, board.value(SinkMetric.ROWS_WRITTEN), "row 2 was written once, by the delete");
    assertEquals(1, board.value(SinkMetric.TRANSACTIONS));
    assertEquals(
        destination.committed.stream().mapToInt(String::length).sum(),
        board.value(SinkMetric.SQL_CHARACTERS));
  }

  @Test
  void rejectedWorkIsNotCountedAsApplied() {
    destination.refusedRows = Set.of("(3,7)", "(10,7)");
    write(upserts(12));
    assertEquals(10, board.value(SinkMetric.CHANGES_APPLIED, "insert"));
  }

  @Test
  void lagIsThatOfTheLastChangeAndTheHighestThatOfAllPartitions() {
    assertTrue(Double.isNaN(board.value(SinkMetric.LAG)));
    PartitionProgress slow =
        new PartitionProgress(PartitionClaim.unmarked(new TopicPartition("slow", 0), 1));
    write(List.of(Changes.work(slow, table, changedAt(NOW_MS - 9_000), 1)));
    write(List.of(apply(1, changedAt(NOW_MS - 8_000)), apply(2, changedAt(NOW_MS - 250))));
    assertEquals(250, board.value(SinkMetric.LAG));
    assertEquals(9_000, board.value(SinkMetric.LAG_MAX));
    metrics.closed(List.of(slow.claim().partition()));
    assertEquals(250, board.value(SinkMetric.LAG_MAX));
  }

  private static RowChange changedAt(long timestampMs) {
    Schema source = SchemaBuilder.struct().field("ts_ms", Schema.INT64_SCHEMA).build();
    RowChange change = Changes.upsert(1, 7);
    return new RowChange(
        change.table(),
        change.operation(),
        change.key(),
        change.before(),
        change.after(),
        new Struct(source).put("ts_ms", timestampMs));
  }
}
