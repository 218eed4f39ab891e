package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.sink.ControlWork.DefineTable;
import io.obconnect.sink.ControlWork.LookUpTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class TableWaitsTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final RecordingContext context = new RecordingContext(P0);
  private final AtomicLong now = new AtomicLong();
  private final PartitionGate gate = new PartitionGate(context, now::get);
  private final TableCatalog catalog = new TableCatalog();
  private final List<LookUpTable> requests = new ArrayList<>();

  private TableWaits waits(TableErrorPolicy policy) {
    gate.hold(new TopicPosition(P0, 42), Changes.TABLE, Optional.empty());
    return new TableWaits(TIMEOUT, policy, now::get);
  }

  private void review(TableWaits waits) {
    waits.review(gate, catalog, requests::add);
  }

  private void answer(TableState state) {
    catalog.answer(requests.get(requests.size() - 1), state);
  }

  private void pass(Duration duration) {
    now.addAndGet(duration.toNanos());
  }

  @Test
  void partitionIsLetGoOnceItsTableIsReady() {
    TableWaits waits = waits(TableErrorPolicy.PAUSE);
    review(waits);
    assertEquals(1, requests.size());
    answer(new TableState.Ready(Changes.plan()));
    review(waits);
    assertEquals(Set.of(), context.paused);
    assertEquals(1, requests.size());
  }

  @Test
  void missingTableFailsTheTaskInTimeNamingTableAndPosition() {
    TableWaits waits = waits(TableErrorPolicy.PAUSE);
    review(waits);
    answer(new TableState.Missing());
    pass(TIMEOUT.plusSeconds(1));
    review(waits);
    answer(new TableState.Missing());
    ConnectException failure = assertThrows(ConnectException.class, () -> review(waits));
    assertTrue(failure.getMessage().contains("`shop`.`orders`"), failure.getMessage());
    assertTrue(failure.getMessage().contains("topic t, partition 0, offset 42"));
    assertTrue(failure.getMessage().contains("schema.wait.timeout.ms"));
  }

  /** While the destination is away the definition may have been seen, only not yet carried out. */
  @Test
  void unansweredRequestDoesNotCountAsMissing() {
    TableWaits waits = waits(TableErrorPolicy.FAIL);
    review(waits);
    answer(new TableState.Missing());
    pass(Duration.ofSeconds(1));
    review(waits);
    for (int i = 0; i < 100; i++) {
      pass(TIMEOUT);
      review(waits);
    }
    assertEquals(2, requests.size(), "requests do not pile up in the lane's queue");
  }

  @Test
  void longWaitIsAskedForRarely() {
    TableWaits waits = waits(TableErrorPolicy.PAUSE);
    for (int tenths = 0; tenths < 2_990; tenths++) {
      int before = requests.size();
      review(waits);
      if (requests.size() > before) {
        answer(new TableState.Failed("table t: reason", true));
      }
      pass(Duration.ofMillis(100));
    }
    assertTrue(requests.size() > 20 && requests.size() < 40, requests.size() + " requests");
  }

  @Test
  void pausePolicyKeepsAFailedTablesPartitionsForGood() {
    TableWaits waits = waits(TableErrorPolicy.PAUSE);
    review(waits);
    answer(new TableState.Failed("table t has no primary key", true));
    pass(TIMEOUT.multipliedBy(10));
    review(waits);
    assertEquals(Set.of(P0), context.paused);
    answer(new TableState.Ready(Changes.plan()));
    review(waits);
    assertEquals(Set.of(), context.paused);
  }

  @Test
  void failPolicyFailsWithTheReason() {
    TableWaits waits = waits(TableErrorPolicy.FAIL);
    review(waits);
    answer(new TableState.Failed("table t has no primary key", true));
    ConnectException failure = assertThrows(ConnectException.class, () -> review(waits));
    assertTrue(failure.getMessage().startsWith("table t has no primary key"));
    assertTrue(failure.getMessage().contains("offset 42"), failure.getMessage());
  }

  /** A table that looks ready but refuses its rows must not be tried ten times a second. */
  @Test
  void refusedTableIsLookedAtAgainLaterAndLater() {
    TableWaits waits = waits(TableErrorPolicy.PAUSE);
    for (int refusals = 0; refusals < 4; refusals++) {
      waits.refused(Changes.TABLE);
    }
    review(waits);
    pass(Duration.ofMillis(3_900));
    review(waits);
    assertEquals(List.of(), requests);
    pass(Duration.ofMillis(200));
    review(waits);
    assertEquals(1, requests.size());
  }

  @Test
  void partitionThatMissesAColumnWaitsForTheColumn() {
    gate.hold(new TopicPosition(P0, 42), Changes.TABLE, Optional.of("extra"));
    TableWaits waits = new TableWaits(TIMEOUT, TableErrorPolicy.PAUSE, now::get);
    review(waits);
    answer(new TableState.Ready(Changes.plan()));
    review(waits);
    assertEquals(Set.of(P0), context.paused);
    pass(Duration.ofSeconds(1));
    review(waits);
    answer(
        new TableState.Ready(
            Changes.plan(Changes.column("id", "bigint"), Changes.column("Extra", "int"))));
    review(waits);
    assertEquals(Set.of(), context.paused);
  }

  private final List<DefineTable> definitions = new ArrayList<>();

  private TableWaits waits(DefinitionSource fromData) {
    DataDefinition definition =
        new DataDefinition(Changes.TABLE, Changes.KEY, Changes.ROW, Changes.position(42));
    gate.hold(new TopicPosition(P0, 42), Changes.TABLE, Optional.empty(), Optional.of(definition));
    return new TableWaits(TIMEOUT, TableErrorPolicy.PAUSE, now::get, fromData, definitions::add);
  }

  @Test
  void definitionIsTakenFromTheDataAtOnceAndAskedForOnce() {
    TableWaits waits = waits(DefinitionSource.AT_ONCE);
    review(waits);
    assertEquals(List.of(), definitions, "the destination may have the table");
    answer(new TableState.Missing());
    review(waits);
    pass(Duration.ofSeconds(1));
    review(waits);
    assertEquals(1, definitions.size());
    assertEquals(Changes.TABLE, definitions.get(0).definition().table());
  }

  @Test
  void definitionIsTakenFromTheDataInsteadOfFailing() {
    TableWaits waits = waits(DefinitionSource.AFTER_WAIT);
    review(waits);
    answer(new TableState.Missing());
    review(waits);
    assertEquals(List.of(), definitions);
    pass(TIMEOUT.plusSeconds(1));
    review(waits);
    answer(new TableState.Missing());
    review(waits);
    assertEquals(1, definitions.size());
  }

  @Test
  void failedTableIsNotDefinedFromTheData() {
    TableWaits waits = waits(DefinitionSource.AT_ONCE);
    review(waits);
    answer(new TableState.Failed("reason", false));
    review(waits);
    assertEquals(List.of(), definitions);
  }
}
