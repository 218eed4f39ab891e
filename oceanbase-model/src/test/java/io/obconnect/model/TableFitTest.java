package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableFitTest {
  private static final String TEXT = " DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin";

  private static TableDefinition table(String elements) {
    DdlStatement statement =
        new DdlParser().parse("CREATE TABLE t (" + elements + ")" + TEXT, "shop").get(0);
    return ((DdlStatement.CreateTable) statement).table();
  }

  private static TableFit fit(String wanted, String existing) {
    return TableFit.of(table(wanted), table(existing));
  }

  private static void assertObstacle(String expected, String wanted, String existing) {
    TableFit fit = fit(wanted, existing);
    assertTrue(fit.obstacles().stream().anyMatch(o -> o.contains(expected)), fit::toString);
  }

  private static void assertHarmless(String expected, String wanted, String existing) {
    TableFit fit = fit(wanted, existing);
    assertEquals(List.of(), fit.obstacles());
    assertTrue(fit.differences().stream().anyMatch(d -> d.contains(expected)), fit::toString);
  }

  @Test
  void whatServersPrintDifferentlyIsEqual() {
    TableFit fit =
        fit(
            "id INT PRIMARY KEY, v VARCHAR(9), n DECIMAL",
            "ID int(11) NOT NULL, v varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT"
                + " NULL COMMENT 'x', n decimal(10,0), PRIMARY KEY (id)");
    assertEquals(new TableFit(List.of(), List.of()), fit);
  }

  @Test
  void columnsThatRowsNeed() {
    assertObstacle("`v` is missing", "id INT PRIMARY KEY, v INT", "id INT PRIMARY KEY");
    assertObstacle(
        "`v` is int instead of bigint",
        "id INT PRIMARY KEY, v BIGINT",
        "id INT PRIMARY KEY, v INT");
    assertObstacle(
        "`v` is datetime", "id INT PRIMARY KEY, v TEXT", "id INT PRIMARY KEY, v DATETIME");
    assertObstacle(
        "`v` allows no NULL", "id INT PRIMARY KEY, v INT", "id INT PRIMARY KEY, v INT NOT NULL");
    assertObstacle(
        "`v` is computed",
        "id INT PRIMARY KEY, v INT",
        "id INT PRIMARY KEY, v INT GENERATED ALWAYS AS (id + 1) STORED");
  }

  @Test
  void columnsThatRowsDoNotHave() {
    assertObstacle("`x` is one more", "id INT PRIMARY KEY", "id INT PRIMARY KEY, x INT NOT NULL");
    assertHarmless(
        "`x` is one more", "id INT PRIMARY KEY", "id INT PRIMARY KEY, x INT NOT NULL DEFAULT 1");
    assertHarmless("`x` is one more", "id INT PRIMARY KEY", "id INT PRIMARY KEY, x INT");
  }

  @Test
  void widerIsHarmless() {
    assertHarmless("`v` is bigint", "id INT PRIMARY KEY, v INT", "id INT PRIMARY KEY, v BIGINT");
    assertHarmless(
        "`v` allows NULL", "id INT PRIMARY KEY, v INT NOT NULL", "id INT PRIMARY KEY, v INT");
  }

  @Test
  void keysThatFindOtherRows() {
    assertObstacle("primary key (`a`)", "a INT PRIMARY KEY", "a INT NOT NULL");
    assertObstacle(
        "primary key (`a`)",
        "a INT PRIMARY KEY, b INT NOT NULL",
        "a INT, b INT, PRIMARY KEY (a, b)");
    assertObstacle(
        "unique key `u` (`b`) forbids",
        "a INT PRIMARY KEY, b INT",
        "a INT PRIMARY KEY, b INT, UNIQUE KEY u (b)");
    assertObstacle(
        "unique key `u` (`b`(3)) forbids",
        "a INT PRIMARY KEY, b VARCHAR(9), UNIQUE KEY u (b)",
        "a INT PRIMARY KEY, b VARCHAR(9), UNIQUE KEY u (b(3))");
    assertHarmless(
        "unique key `u` (`b`) is missing",
        "a INT PRIMARY KEY, b INT, UNIQUE KEY u (b)",
        "a INT PRIMARY KEY, b INT");
    assertEquals(
        List.of(),
        fit("a INT PRIMARY KEY, b INT NOT NULL", "a INT PRIMARY KEY, b INT NOT NULL, UNIQUE (b, a)")
            .obstacles());
  }

  @Test
  void collationThatMergesKeys() {
    assertObstacle(
        "may take two keys for one",
        "a VARCHAR(9) PRIMARY KEY",
        "a VARCHAR(9) COLLATE utf8mb4_general_ci PRIMARY KEY");
    assertHarmless(
        "utf8mb4_general_ci",
        "id INT PRIMARY KEY, a VARCHAR(9)",
        "id INT PRIMARY KEY, a VARCHAR(9) COLLATE utf8mb4_general_ci");
  }

  @Test
  void indexesAreOnlyNoted() {
    assertHarmless(
        "index `k` (`v`) is missing",
        "id INT PRIMARY KEY, v INT, KEY k (v)",
        "id INT PRIMARY KEY, v INT");
    assertTrue(
        fit("id INT PRIMARY KEY, v INT", "id INT PRIMARY KEY, v INT, KEY k (v)").isCompatible());
  }
}
