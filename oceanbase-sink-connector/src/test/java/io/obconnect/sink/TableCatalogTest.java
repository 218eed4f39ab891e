package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.obconnect.model.TableId;
import io.obconnect.sink.TableState.Ready;
import org.junit.jupiter.api.Test;

class TableCatalogTest {
  private static final TableId ONE = new TableId("shop_1", "orders");
  private static final TableId OTHER = new TableId("shop_2", "orders");

  private final TableCatalog catalog = new TableCatalog();

  private TablePlan plan(TableId table) {
    return ((Ready) catalog.state(table).orElseThrow()).plan();
  }

  /** Writers and windows tell tables apart by their plans. */
  @Test
  void tablesThatAreMergedShareOnePlan() {
    catalog.put(ONE, new Ready(Changes.plan()));
    catalog.put(OTHER, new Ready(Changes.plan()));
    assertSame(plan(ONE), plan(OTHER));
  }

  @Test
  void newPlanIsEverySourcesPlan() {
    catalog.put(ONE, new Ready(Changes.plan()));
    catalog.put(OTHER, new Ready(Changes.plan()));
    catalog.put(OTHER, new Ready(Changes.uniquePlan()));
    assertEquals(Changes.uniquePlan(), plan(ONE));
    assertSame(plan(ONE), plan(OTHER));
  }

  @Test
  void tableThatCannotBeUsedDoesNotBecomeReadyByAnother() {
    TableState failed = new TableState.Failed("reason", true);
    catalog.put(ONE, failed);
    catalog.put(OTHER, new Ready(Changes.plan()));
    catalog.put(OTHER, new Ready(Changes.uniquePlan()));
    assertEquals(failed, catalog.state(ONE).orElseThrow());
  }

  @Test
  void equalPlanLeavesTheFormerInUse() {
    catalog.put(ONE, new Ready(Changes.plan()));
    TablePlan former = plan(ONE);
    catalog.put(ONE, new Ready(Changes.plan()));
    assertSame(former, plan(ONE));
    catalog.put(ONE, new Ready(Changes.uniquePlan()));
    assertNotSame(former, plan(ONE));
  }
}
