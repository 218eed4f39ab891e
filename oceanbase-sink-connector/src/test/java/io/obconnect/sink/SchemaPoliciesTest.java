package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.ConversionOptions;
import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlParser;
import io.obconnect.model.DdlPolicy;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableId;
import io.obconnect.sink.SchemaPolicies.Decision;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchemaPoliciesTest {

  private static DdlStatement statement(String sql) {
    return new DdlParser().parse(sql, "shop").get(0);
  }

  private static SchemaPolicies policies(Map<DdlKind, DdlPolicy> kinds, String... selection) {
    return new SchemaPolicies(
        kinds, true, false, RowSelectorTest.selection(selection), ConversionOptions.full(), false);
  }

  private static Decision decide(Map<DdlKind, DdlPolicy> kinds, String sql) {
    return policies(kinds).decide(statement(sql));
  }

  private static Decision decide(String sql, String... selection) {
    return policies(Map.of(), selection).decide(statement(sql));
  }

  @Test
  void actionsThatAreLeftOutDoNotKeepTheOthersFromBeingApplied() {
    Decision decision =
        decide(
            Map.of(DdlKind.DROP_COLUMN, DdlPolicy.LOG), "ALTER TABLE t ADD COLUMN a INT, DROP b");
    assertTrue(decision.isApplied());
    assertEquals(List.of(DdlKind.ADD_COLUMN), decision.statement().ddlKinds());
    assertTrue(decision.notes().get(0).startsWith("ddl.drop-column=log"), decision::toString);
  }

  @Test
  void nothingOfAStatementIsAppliedWhenAPartOfItFails() {
    Decision decision =
        decide(
            Map.of(DdlKind.DROP_COLUMN, DdlPolicy.FAIL), "ALTER TABLE t ADD COLUMN a INT, DROP b");
    assertEquals(DdlPolicy.FAIL, decision.policy());
  }

  @Test
  void theLouderPolicyCountsWhenNothingIsLeft() {
    Decision decision =
        decide(
            Map.of(DdlKind.DROP_COLUMN, DdlPolicy.LOG, DdlKind.ADD_COLUMN, DdlPolicy.IGNORE),
            "ALTER TABLE t ADD COLUMN a INT, DROP b");
    assertEquals(DdlPolicy.LOG, decision.policy());
  }

  @Test
  void truncationIsLeftToItsChangeRecord() {
    assertEquals(DdlPolicy.IGNORE, decide(Map.of(), "TRUNCATE TABLE t").policy());
  }

  @Test
  void accountsAndServerObjectsAreLoggedByTheirKindAlone() {
    Decision account = decide(Map.of(), "CREATE USER u IDENTIFIED BY 'secret'");
    assertEquals(DdlPolicy.LOG, account.policy());
    assertTrue(account.notes().get(0).startsWith("ddl.account=log"), account::toString);
    assertFalse(account.toString().contains("secret"), account::toString);
    assertEquals(DdlPolicy.LOG, decide(Map.of(), "DROP TABLESPACE ts").policy());
    assertFalse(DdlOptions.choices(DdlKind.ACCOUNT).contains("apply"));
    assertFalse(DdlOptions.choices(DdlKind.SERVER_OBJECT).contains("apply"));
  }

  @Test
  void whatIsNotUnderstoodFailsByDefault() {
    assertEquals(DdlPolicy.FAIL, decide(Map.of(), "ALTER TABLE t FROBNICATE").policy());
  }

  @Test
  void statementsAboutTablesThatAreNotChosenAreNoConcern() {
    SchemaPolicies orders = policies(Map.of(), "tables.include", "shop.orders");
    assertTrue(orders.concerns(statement("ALTER TABLE orders ADD COLUMN a INT")));
    assertFalse(orders.concerns(statement("ALTER TABLE items ADD COLUMN a INT")));
    assertFalse(orders.concerns(statement("DROP VIEW recent")));
    assertTrue(orders.concerns(statement("RENAME TABLE items TO orders")), "it becomes one");
  }

  @Test
  void ofSeveralTablesOnlyTheChosenAreDropped() {
    Decision decision = decide("DROP TABLE orders, items", "tables.include", "shop.orders");
    assertEquals(List.of(new TableId("shop", "orders")), decision.statement().tables());
    assertTrue(decision.isApplied());
  }

  @Test
  void databaseIsNotDroppedWhenItMayHoldOtherTables() {
    DdlStatement drop = statement("DROP DATABASE shop");
    Map<DdlKind, DdlPolicy> apply = Map.of(DdlKind.DROP_DATABASE, DdlPolicy.APPLY);
    assertTrue(policies(apply).decide(drop).isApplied());
    assertFalse(policies(apply, "tables.include", "shop.orders").decide(drop).isApplied());
    assertFalse(policies(apply, "names.map", "shop.o* -> store.o").decide(drop).isApplied());
  }

  @Test
  void shardThatIsDroppedLeavesTheRowsOfTheOthers() {
    String[] merged = {"names.map", "shop.orders_* -> shop.orders", "names.map.merge", "last-wins"};
    assertEquals(DdlPolicy.LOG, decide("DROP TABLE orders_1", merged).policy());
    assertEquals(DdlPolicy.LOG, decide("RENAME TABLE orders_1 TO old", merged).policy());
    assertEquals(DdlPolicy.LOG, decide("ALTER TABLE orders_1 RENAME old", merged).policy());
    assertTrue(decide("DROP TABLE items", merged).isApplied());
  }

  @Test
  void changesOfColumnsThatAreLeftOutAreNoted() {
    String[] rules = {
      "columns.exclude", "shop.orders.secret", "columns.rename", "shop.orders.n -> m"
    };
    Decision gone = decide("ALTER TABLE orders MODIFY secret TEXT", rules);
    assertEquals(DdlPolicy.IGNORE, gone.policy());
    assertTrue(gone.notes().toString().contains("secret"), gone::toString);
    Decision mapped = decide("ALTER TABLE orders MODIFY n BIGINT, DROP secret", rules);
    assertEquals(List.of(DdlKind.MODIFY_COLUMN), mapped.statement().ddlKinds());
    assertTrue(mapped.statement().toString().contains("name=m"), mapped::toString);
  }

  @Test
  void tableWhoseNewNameHasOtherColumnsIsNotRenamed() {
    assertEquals(
        DdlPolicy.FAIL,
        decide("RENAME TABLE _orders_gho TO orders", "columns.exclude", "shop.orders.secret")
            .policy());
  }

  @Test
  void ofATableThatOthersShareOnlyWhatIsLeftIsDone() {
    SchemaPolicies merged =
        policies(Map.of(), "names.map", "*.t_* -> shop.t", "names.map.merge", "last-wins");
    TableDefinition current =
        ((DdlStatement.CreateTable) statement("CREATE TABLE t (id INT PRIMARY KEY, a INT)"))
            .table();
    Function<TableId, Optional<TableDefinition>> definitions =
        table -> table.table().equals("t") ? Optional.of(current) : Optional.empty();

    Decision rest =
        merged.decide(statement("ALTER TABLE t_1 ADD COLUMN a INT, ADD b INT"), definitions);
    assertTrue(rest.isApplied());
    assertEquals(1, ((DdlStatement.AlterTable) rest.statement()).actions().size());
    assertEquals(
        DdlPolicy.IGNORE,
        merged.decide(statement("ALTER TABLE t_1 DROP COLUMN a"), definitions).policy());
    assertEquals(
        DdlPolicy.FAIL,
        merged.decide(statement("ALTER TABLE t_1 MODIFY a DATE"), definitions).policy());
    assertTrue(
        merged.decide(statement("ALTER TABLE single MODIFY a DATE"), definitions).isApplied());
  }

  @Test
  void aTableIsAlteredAsLongAsOneKindOfChangeIsApplied() {
    Map<DdlKind, DdlPolicy> ignored =
        EnumSet.allOf(DdlKind.class).stream()
            .collect(Collectors.toMap(kind -> kind, kind -> DdlPolicy.IGNORE));
    assertFalse(policies(ignored).changesTables());
    ignored.put(DdlKind.CREATE_VIEW, DdlPolicy.APPLY);
    assertFalse(policies(ignored).changesTables());
    ignored.put(DdlKind.ADD_INDEX, DdlPolicy.APPLY);
    assertTrue(policies(ignored).changesTables());
    assertTrue(policies(Map.of()).changesTables());
  }
}
