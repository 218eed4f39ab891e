package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoFilterTest {
  private final EchoFilter filter = new EchoFilter(Optional.of("obconnect"));

  @ParameterizedTest
  @CsvSource({
    "obconnect, true",
    "obconnect shop, true",
    "obconnect obconnect shop, true",
    "shop, false",
    "shop obconnect, false",
    "OBCONNECT, false",
  })
  void firstTableSaysWhoMadeATransaction(String databases, boolean echo) {
    filter.begin();
    for (String database : databases.split(" ", -1)) {
      filter.changes(database);
    }
    assertEquals(echo, filter.isEcho());
  }

  @Test
  void nextTransactionIsLookedAtAnew() {
    filter.begin();
    filter.changes("obconnect");
    filter.begin();
    assertFalse(filter.isEcho());
    filter.begin();
    filter.changes("shop");
    assertFalse(filter.isEcho());
  }

  @Test
  void markedStatementIsAnEchoAndTheNextOneIsNot() {
    filter.begin();
    assertFalse(filter.isEcho());
    filter.marked();
    assertTrue(filter.isEcho());
    filter.begin();
    assertFalse(filter.isEcho());
  }

  @Test
  void nothingIsAnEchoWithoutALedger() {
    EchoFilter none = new EchoFilter(Optional.empty());
    none.begin();
    none.changes("obconnect");
    assertFalse(none.isEcho());
    none.begin();
    none.marked();
    assertFalse(none.isEcho());
  }
}
