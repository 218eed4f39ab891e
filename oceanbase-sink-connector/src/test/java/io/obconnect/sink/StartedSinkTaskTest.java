package io.obconnect.sink;

import static io.obconnect.sink.Changes.PARTITION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.TableId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The task as Connect drives it, with records that need no destination. */
class StartedSinkTaskTest {
  private static final Schema ROW_WITH_LIST =
      SchemaBuilder.struct()
          .field("id", Schema.INT64_SCHEMA)
          .field("v", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
          .build();

  private final RecordingContext context = new RecordingContext(PARTITION);
  private final List<SinkRecord> reported = new ArrayList<>();
  private StartedSinkTask task;

  @BeforeEach
  void start() {
    start(Map.of());
  }

  private void start(Map<String, String> options) {
    TableCatalog catalog = new TableCatalog();
    catalog.put(Changes.TABLE, new TableState.Ready(Changes.plan()));
    Map<String, String> properties = new HashMap<>(options);
    properties.put(ConnectionOptions.ADDRESSES, "127.0.0.1:1");
    properties.put(ConnectionOptions.USERNAME, "u");
    properties.put(WriteOptions.BUFFER_MAX_ROWS, "100");
    // Without marks nothing has to be asked before records are routed.
    properties.put(WriteOptions.EXACTLY_ONCE, "false");
    task = new StartedSinkTask(new OceanBaseSinkConfig(properties), context, catalog);
    task.open(List.of(PARTITION));
  }

  @AfterEach
  void stop() {
    task.close();
  }

  private void reportAll() {
    context.reportTo(
        (record, error) -> {
          reported.add(record);
          return CompletableFuture.completedFuture(null);
        });
  }

  /** Refused by the lane: no column stores a list. */
  private static SinkRecord refusedByLane(long offset) {
    Schema envelope =
        SchemaBuilder.struct()
            .field("after", ROW_WITH_LIST)
            .field("source", Changes.SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    Struct row = new Struct(ROW_WITH_LIST).put("id", 1L).put("v", List.of("secret-value"));
    return Changes.record(
        Changes.key(1),
        new Struct(envelope).put("after", row).put("source", Changes.source()).put("op", "c"),
        offset);
  }

  private long finishedOffset() {
    OffsetAndMetadata offset = task.finishedOffsets(List.of(PARTITION)).get(PARTITION);
    return offset == null ? -1 : offset.offset();
  }

  private void awaitFinished(long offset) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              task.put(List.of());
              return finishedOffset() == offset;
            });
  }

  @Test
  void recordsWithoutChangeAreFinished() {
    task.put(List.of(Changes.tombstone(7), Changes.tombstone(8)));
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> finishedOffset() == 9);
  }

  /** Nobody takes anything off: the destination does not answer. */
  @Test
  void memoryIsBoundedByPausing() {
    // What the control lane has to do counts, too; that is less than ten.
    for (int offset = 0; offset < 90; offset++) {
      task.put(List.of(insert(offset)));
    }
    assertEquals(Set.of(), context.paused);
    for (int offset = 90; offset < 101; offset++) {
      task.put(List.of(insert(offset)));
    }
    assertEquals(Set.of(PARTITION), context.paused);
  }

  private static SinkRecord insert(long id) {
    return Changes.record(Changes.key(id), Changes.envelope("c", null, Changes.row(id, 1)), id);
  }

  @Test
  void partitionWithoutRecordsHasNoOffset() {
    assertEquals(Map.of(), task.finishedOffsets(List.of(PARTITION)));
  }

  private static SinkRecord inserted(TableId table, int v, long offset) {
    Struct source =
        new Struct(Changes.SOURCE).put("db", table.database()).put("table", table.table());
    Struct envelope = Changes.envelope("c", null, Changes.row(1, v)).put("source", source);
    return Changes.record(Changes.key(1), envelope, offset);
  }

  /** Nobody has to define them, and nothing waits for them. */
  @Test
  void changesOfTablesThatAreNotChosenArePassedBy() {
    task.close();
    start(Map.of("tables.exclude", "shop.tmp_*"));
    task.put(List.of(inserted(new TableId("shop", "tmp_1"), 1, 7), Changes.tombstone(8)));
    awaitFinished(9);
  }

  @Test
  void changesThatTheFilterDropsAreFinished() {
    task.close();
    start(Map.of("row.filter", "shop.*: v > 5"));
    task.put(List.of(inserted(Changes.TABLE, 1, 7), Changes.tombstone(8)));
    awaitFinished(9);
  }

  /** Neither written nor passed by: somebody corrects the filter. */
  @Test
  void tableThatItsFilterDoesNotFitWaits() {
    task.close();
    start(Map.of("row.filter", "shop.*: nope > 5"));
    task.put(List.of(Changes.tombstone(6), inserted(Changes.TABLE, 9, 7), Changes.tombstone(8)));
    task.put(List.of());
    assertEquals(7, finishedOffset());
    assertEquals(Set.of(PARTITION), context.paused);
  }

  /** TRUNCATE would take the rows of other tables along. */
  @Test
  void truncateOfATableThatMayHaveBeenMergedIsADeadLetter() {
    task.close();
    start(Map.of("names.map", "shard_*.orders -> shop.orders", "names.map.merge", "last-wins"));
    reportAll();
    SinkRecord truncate = Changes.record(null, Changes.envelope("t", null, null), 7);
    task.put(List.of(truncate));
    awaitFinished(8);
    assertEquals(List.of(truncate), reported);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ignore", "log"})
  void truncationIsPassedByIfThePolicySaysSo(String policy) {
    task.close();
    start(Map.of("ddl.truncate-table", policy));
    task.put(List.of(Changes.record(null, Changes.envelope("t", null, null), 7)));
    awaitFinished(8);
  }

  @Test
  void truncationThatMustNotBeStopsItsTable() {
    task.close();
    start(Map.of("ddl.truncate-table", "fail"));
    SinkRecord truncate = Changes.record(null, Changes.envelope("t", null, null), 7);
    task.put(List.of(Changes.tombstone(6), truncate, Changes.tombstone(8)));
    task.put(List.of());
    assertEquals(7, finishedOffset());
    assertEquals(Set.of(PARTITION), context.paused);
  }

  @Test
  void recordOfUnknownShapeIsReportedAndPassedBy() {
    reportAll();
    SinkRecord bad = Changes.record(null, "no schema", 5);
    task.put(List.of(bad, Changes.tombstone(6)));
    awaitFinished(7);
    assertEquals(List.of(bad), reported);
  }

  @Test
  void withoutReporterThePoisonRecordFailsTheTaskAndIsMetAgainAfterARestart() {
    SinkRecord bad = Changes.record(null, "no schema", 5);
    ConnectException failure =
        assertThrows(ConnectException.class, () -> task.put(List.of(Changes.tombstone(4), bad)));
    assertTrue(failure.getMessage().contains("offset 5"), failure.getMessage());
    // Connect asks for offsets once more when it closes the failed task.
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> finishedOffset() == 5);
  }

  @Test
  void recordThatTheLaneRefusesIsNotPassedByBeforeItIsReported() {
    task.put(List.of(refusedByLane(5), Changes.tombstone(6)));
    ConnectException failure =
        assertThrows(
            ConnectException.class,
            () ->
                Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(
                        () -> {
                          task.put(List.of());
                          return false;
                        }));
    assertTrue(failure.getMessage().contains("column v"), failure.getMessage());
    assertFalse(failure.getMessage().contains("secret-value"), failure.getMessage());
    assertEquals(5, finishedOffset(), "the task failed for this record and must meet it again");
  }

  @Test
  void reportIsLeftToPutBecauseConnectAwaitsOnlyThose() {
    reportAll();
    task.put(List.of(refusedByLane(5), Changes.tombstone(6)));
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> finishedOffset() >= 5);
    task.finishedOffsets(List.of(PARTITION));
    assertEquals(List.of(), reported);
    awaitFinished(7);
    assertEquals(1, reported.size());
  }

  @Test
  void rejectedRecordsSayTableAndKeyWhoeverRejectsThem() {
    List<String> letters = new ArrayList<>();
    DeadLetterHeaders interceptor = new DeadLetterHeaders();
    context.reportTo(
        (record, error) -> {
          ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>("dead-letters", null);
          interceptor.onSend(letter);
          letters.add(text(letter, DeadLetterHeaders.CODE) + " " + error.getMessage());
          assertEquals("`shop`.`orders`", text(letter, DeadLetterHeaders.TABLE));
          assertEquals("`id`", text(letter, DeadLetterHeaders.KEY_COLUMNS));
          return CompletableFuture.completedFuture(null);
        });
    SinkRecord unreadable = Changes.record(null, Changes.envelope("d", null, null), 5);
    Schema keyless = SchemaBuilder.struct().field("v", Schema.INT32_SCHEMA).build();
    Schema envelope =
        SchemaBuilder.struct()
            .field("after", keyless)
            .field("source", Changes.SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .build();
    SinkRecord withoutKey =
        Changes.record(
            null,
            new Struct(envelope)
                .put("after", new Struct(keyless).put("v", 1))
                .put("source", Changes.source())
                .put("op", "c"),
            6);
    task.put(List.of(unreadable, withoutKey, refusedByLane(7)));
    awaitFinished(8);

    assertEquals(
        "UNREADABLE_RECORD record of topic p.shop.orders, partition 0, offset 5: table"
            + " `shop`.`orders` (key `id`): a delete of table `shop`.`orders` has neither a key nor"
            + " a 'before' row",
        letters.get(0));
    assertEquals(
        "UNFIT_CHANGE record of topic p.shop.orders, partition 0, offset 6: table `shop`.`orders`"
            + " (key `id`): the record lacks columns of the key [id] of table `shop`.`orders`",
        letters.get(1));
    assertTrue(letters.get(2).startsWith("UNFIT_CHANGE record of"), letters.get(2));
    assertFalse(letters.get(2).contains("secret-value"), letters.get(2));
  }

  private static String text(ProducerRecord<byte[], byte[]> letter, String header) {
    return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }

  @Test
  void reporterThatThrowsKeepsTheRecord() {
    context.reportTo(
        (record, error) -> {
          throw new ConnectException("Tolerance exceeded in error handler");
        });
    SinkRecord bad = Changes.record(null, "no schema", 5);
    assertThrows(ConnectException.class, () -> task.put(List.of(bad)));
    assertEquals(5, finishedOffset());
  }

  @Test
  void revokedPartitionHasNoOffsetAnyMore() {
    task.put(List.of(Changes.tombstone(7)));
    awaitFinished(8);
    task.release(List.of(PARTITION));
    assertEquals(Map.of(), task.finishedOffsets(List.of(PARTITION)));
  }

  @Test
  void offsetsAreThoseBeforeAnyTransformationRenamedTheTopic() {
    SinkRecord renamed = Changes.tombstone(7).newRecord("routed", 3, null, null, null, null, 0L);
    task.put(List.of(renamed));
    awaitFinished(8);
    TopicPartition routed = new TopicPartition("routed", 3);
    assertEquals(Map.of(), task.finishedOffsets(List.of(routed)));
  }
}
