package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.RetryPolicy;
import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.Window.Belief;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of several source tables meet, and none may take the place of another's. */
class MergedTableTest {
  private static final TablePlan PLAN =
      new TablePlan(Changes.TABLE, Changes.plan().columns(), List.of("id"), List.of(), false, true);
  private static final String INSERT = "INSERT INTO `shop`.`orders` (`id`, `v`) VALUES ";

  private static RowChange of(String source, RowChange change) {
    return new RowChange(
        new TableId(source, "orders"),
        change.operation(),
        change.key(),
        change.before(),
        change.after(),
        change.source());
  }

  private static RowChange update(long from, long to, int v) {
    return new RowChange(
        Changes.TABLE,
        Operation.UPDATE,
        Changes.key(to),
        Changes.row(from, 0),
        Changes.row(to, v),
        null);
  }

  private static List<String> statements(Belief belief, RowChange... changes) {
    Window window = new Window();
    TableWriter writer = new TableWriter(PLAN);
    for (RowChange change : changes) {
      window.add(writer, Changes.work(PLAN, change, 0));
    }
    return window.statements(new StatementBuffer(1_000), belief);
  }

  /** Trying again after a refusal must not make room by force, either. */
  @Test
  void newRowIsOnlyEverInserted() {
    for (Belief belief : Belief.values()) {
      assertEquals(List.of(INSERT + "(1,5)"), statements(belief, Changes.upsert(1, 5)));
    }
  }

  @Test
  void changedRowIsWrittenAnew() {
    assertEquals(
        List.of("DELETE FROM `shop`.`orders` WHERE (`id`) IN ((1))", INSERT + "(1,6)"),
        statements(Belief.NEW_ROWS_ARE_NEW, update(1, 1, 6)));
  }

  /** An update of the key in one record arrives at a key that may be another table's. */
  @Test
  void movedRowIsNewWhereItArrives() {
    assertEquals(
        List.of("DELETE FROM `shop`.`orders` WHERE (`id`) IN ((1))", INSERT + "(2,6)"),
        statements(Belief.ANY_ROW_MAY_EXIST, update(1, 2, 6)));
  }

  @Test
  void rowThatCameAndWentLeavesTheOtherTablesRowAlone() {
    assertEquals(
        List.of(), statements(Belief.NEW_ROWS_ARE_NEW, Changes.upsert(1, 5), Changes.delete(1)));
  }

  @Test
  void keyThatBecameFreeMayBeTaken() {
    assertEquals(
        List.of("DELETE FROM `shop`.`orders` WHERE (`id`) IN ((1))", INSERT + "(1,7)"),
        statements(Belief.NEW_ROWS_ARE_NEW, Changes.delete(1), of("shop_2", Changes.upsert(1, 7))));
  }

  @Test
  void twoNewRowsOfOneKeyAreSeenWithinAWindow() {
    assertThrows(
        KeyTakenException.class,
        () ->
            statements(
                Belief.NEW_ROWS_ARE_NEW,
                of("shop_1", Changes.upsert(1, 5)),
                of("shop_2", Changes.upsert(1, 6))));
  }

  private static WindowWriter writer(List<String> committed, int duplicateOf) {
    TransactionRunner destination =
        new TransactionRunner() {
          @Override
          public void transaction(List<SlotMark> marks, List<String> statements)
              throws SQLException {
            trial(statements);
            committed.addAll(statements);
          }

          @Override
          public void trial(List<String> statements) throws SQLException {
            if (statements.stream().anyMatch(sql -> sql.contains("(" + duplicateOf + ","))) {
              throw new SQLException("duplicate", "23000", 1062);
            }
          }

          @Override
          public long maxStatementBytes() {
            return 1 << 20;
          }
        };
    Duration tick = Duration.ofMillis(1);
    return new WindowWriter(
        destination,
        new Retrier(failure -> {}, new RetryPolicy(tick, tick, tick)),
        new SinkLimits(1, 100, 1_000, tick, 100, 1_000, Duration.ZERO, tick),
        rejected -> {
          throw new AssertionError("its later changes would hit the other row");
        },
        new SinkMetrics(new RecordingBoard(), () -> 0));
  }

  private static TableRefusedException refusal(int taken, RowChange... changes) {
    List<LaneWork> works = new ArrayList<>();
    for (RowChange change : changes) {
      works.add(Changes.work(PLAN, change, works.size()));
    }
    return assertThrows(
        TableRefusedException.class,
        () -> writer(new ArrayList<>(), taken).write(works, done -> {}));
  }

  @Test
  void takenKeyStopsTheTableOfTheNewRow() {
    TableRefusedException refusal =
        refusal(2, of("a", Changes.upsert(1, 5)), of("b", Changes.upsert(2, 6)));
    assertEquals("b", refusal.table().database());
    assertTrue(refusal.getMessage().contains("names.map.merge"), refusal.getMessage());
  }

  @Test
  void keyTakenWithinOneWindowStopsTheLaterTable() {
    TableRefusedException refusal =
        refusal(0, of("a", Changes.upsert(1, 5)), of("b", Changes.upsert(1, 6)));
    assertEquals("b", refusal.table().database());
  }
}
