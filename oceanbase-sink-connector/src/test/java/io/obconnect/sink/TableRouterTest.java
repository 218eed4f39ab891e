package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class TableRouterTest {
  private static final Schema NAMED =
      SchemaBuilder.struct().field("id", Schema.STRING_SCHEMA).build();

  private static RowChange update(Struct before, Struct after) {
    return new RowChange(
        Changes.TABLE, Operation.UPDATE, Changes.key(after.getInt64("id")), before, after, null);
  }

  private static TablePlan keyless() {
    return new TablePlan(Changes.TABLE, Changes.plan().columns(), List.of(), List.of(), false);
  }

  private static TablePlan serial() {
    return new TablePlan(Changes.TABLE, Changes.plan().columns(), List.of("id"), List.of(), true);
  }

  @Test
  void insertUpdateAndDeleteOfARowHaveOneKey() {
    TableRouter router = new TableRouter(Changes.plan());
    RowKey key = router.key(Changes.upsert(5, 1));
    assertEquals(key, router.key(update(Changes.row(5, 1), Changes.row(5, 2))));
    assertEquals(key, router.key(Changes.delete(5)));
    RowChange keyOnly =
        new RowChange(Changes.TABLE, Operation.DELETE, Changes.key(5), null, null, null);
    assertEquals(key, router.key(keyOnly));
    assertNotEquals(key.hash(), router.key(Changes.upsert(6, 1)).hash());
  }

  /** Or many tables would have their first rows, often the busiest, in one lane. */
  @Test
  void aKeyOfOneTableMayHaveAnotherLaneThanTheSameKeyOfAnother() {
    TablePlan here = Changes.plan();
    TablePlan there =
        new TablePlan(
            new TableId("shop", "customers"), here.columns(), List.of("id"), List.of(), false);
    assertNotEquals(
        new TableRouter(here).key(Changes.upsert(5, 1)).hash(),
        new TableRouter(there).key(Changes.upsert(5, 1)).hash());
  }

  @Test
  void deleteWithoutKeyIsFoundByTheRowBefore() {
    TableRouter router = new TableRouter(Changes.plan());
    RowChange change =
        new RowChange(Changes.TABLE, Operation.DELETE, null, Changes.row(5, 1), null, null);
    assertEquals(router.key(Changes.upsert(5, 1)), router.key(change));
  }

  @Test
  void deleteThatNamesNoRowIsRefused() {
    TableRouter router = new TableRouter(Changes.plan());
    RowChange change = new RowChange(Changes.TABLE, Operation.DELETE, null, null, null, null);
    assertThrows(DataException.class, () -> router.key(change));
  }

  @Test
  void onlyAnUpdateThatMovesTheRowLeavesAKey() {
    TableRouter router = new TableRouter(Changes.plan());
    assertEquals(
        Optional.of(router.key(Changes.upsert(5, 1))),
        router.leftKey(update(Changes.row(5, 1), Changes.row(6, 1))));
    assertEquals(Optional.empty(), router.leftKey(update(Changes.row(5, 1), Changes.row(5, 2))));
    assertEquals(Optional.empty(), router.leftKey(update(null, Changes.row(5, 2))));
    assertEquals(Optional.empty(), router.leftKey(Changes.upsert(5, 1)));
  }

  /** They would be one row to the destination, so they must meet in one lane. */
  @Test
  void keysThatTheCollationMayCallEqualShareALane() {
    DestinationColumn id =
        new DestinationColumn("id", "varchar", false, false, "utf8mb4_general_ci", Engine.MYSQL);
    TableRouter router = new TableRouter(Changes.plan(id));
    RowKey lower = router.key(named("abc"));
    RowKey upper = router.key(named("ABC "));
    assertEquals(lower.hash(), upper.hash());
    assertNotEquals(lower.sql(), upper.sql());
  }

  private static RowChange named(String id) {
    Struct row = new Struct(NAMED).put("id", id);
    return new RowChange(Changes.TABLE, Operation.INSERT, null, null, row, null);
  }

  @Test
  void changesOfAKeylessOrSerialTableGoOneAfterTheOther() {
    TableRouter keyless = new TableRouter(keyless());
    assertEquals(keyless.key(Changes.upsert(1, 1)), keyless.key(Changes.delete(2)));
    TableRouter serial = new TableRouter(serial());
    assertEquals(serial.key(Changes.upsert(1, 1)).hash(), serial.key(Changes.upsert(2, 1)).hash());
  }

  @Test
  void conflictKeysAreTheValuesFreedAndTaken() {
    TableRouter router = new TableRouter(Changes.uniquePlan());
    ConflictKeys insert = router.conflictKeys(Changes.upsert(1, 7));
    ConflictKeys update = router.conflictKeys(update(Changes.row(2, 7), Changes.row(2, 8)));
    assertEquals(1, insert.hashes().size());
    assertEquals(2, update.hashes().size());
    assertTrue(update.hashes().containsAll(insert.hashes()));
    assertFalse(update.unknown());
  }

  @Test
  void valueFreedByARowThatIsNotToldIsUnknown() {
    TableRouter router = new TableRouter(Changes.uniquePlan());
    assertTrue(router.conflictKeys(update(null, Changes.row(2, 8))).unknown());
    assertFalse(router.conflictKeys(Changes.upsert(2, 8)).unknown());
  }

  @Test
  void columnThatTheTableLacksIsNamed() {
    TableRouter router = new TableRouter(Changes.plan(Changes.column("id", "bigint")));
    assertEquals(Optional.of("v"), router.unknownColumn(Changes.upsert(1, 1)));
    assertEquals(Optional.empty(), router.unknownColumn(Changes.delete(1)));
  }

  @Test
  void recordWithoutTheKeyIsRefused() {
    TablePlan plan =
        new TablePlan(Changes.TABLE, Changes.plan().columns(), List.of("v"), List.of(), false);
    assertThrows(DataException.class, () -> new TableRouter(plan).key(named("x")));
  }
}
