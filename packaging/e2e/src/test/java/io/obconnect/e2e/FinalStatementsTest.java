package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.TableId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FinalStatementsTest {

  private static final BenchTable PLAIN = table(false);

  private static BenchTable table(boolean furtherUniqueKeys) {
    return new BenchTable(
        new TableId("d", furtherUniqueKeys ? "u" : "t"),
        "",
        List.of("id", "n"),
        "n",
        furtherUniqueKeys,
        (key, content) -> List.of(Long.toString(key), Long.toString(content)));
  }

  private static Workload workload(BenchTable table, RowChange... changes) {
    return new Workload(
        "test", List.of(table), 0, rows -> number -> changes[Math.toIntExact(number) - 1]);
  }

  private static RowChange insert(BenchTable table, long key, long content) {
    return new RowChange.Insert(table, key, table.row(key, content));
  }

  private static RowChange update(BenchTable table, long oldKey, long key, long content) {
    return new RowChange.Update(table, oldKey, key, table.row(key, content));
  }

  @Test
  void ofSeveralChangesOfAKeyOnlyTheLastCountsAndDeletesComeFirst() {
    Workload workload =
        workload(
            PLAIN,
            insert(PLAIN, 1, 10),
            insert(PLAIN, 2, 20),
            update(PLAIN, 1, 1, 30),
            update(PLAIN, 2, 3, 40),
            insert(PLAIN, 4, 50),
            new RowChange.Delete(PLAIN, 4));

    List<List<String>> statements = FinalStatements.of(workload, 6, 1);

    assertEquals(
        List.of(
            List.of(
                "DELETE FROM `d`.`t` WHERE id IN (2,4)",
                "INSERT INTO `d`.`t` (`id`,`n`) VALUES (1,30),(-1,7)",
                "INSERT INTO `d`.`t` (`id`,`n`) VALUES (3,40)"
                    + " ON DUPLICATE KEY UPDATE `n`=VALUES(`n`)")),
        statements);
  }

  @Test
  void whereThereAreFurtherUniqueKeysRowsAreReplacedInTheOrderOfTheirLastChange() {
    BenchTable table = table(true);
    Workload workload =
        workload(table, insert(table, 1, 10), insert(table, 2, 20), update(table, 1, 1, 30));

    assertEquals(
        List.of(
            List.of(
                "REPLACE INTO `d`.`u` (`id`,`n`) VALUES (2,20),(1,30)",
                "REPLACE INTO `d`.`u` (`id`,`n`) VALUES (-1,4)")),
        FinalStatements.of(workload, 3, 1));
  }

  @Test
  void clientsShareTheKeysAndUniqueValuesOfOneTableSoThatNoneWaitsForAnother() {
    List<List<String>> clients = FinalStatements.of(Workloads.UNIQUE_KEYS, 30_000, 4);

    assertEquals(4, clients.size());
    assertDisjoint(clients, Pattern.compile("\\((-?\\d+),\\d+,'account"));
    assertDisjoint(clients, Pattern.compile("'(account\\d+)@"));
    assertDisjoint(clients, Pattern.compile("'\\+86 571 (\\d+)'"));
  }

  private static void assertDisjoint(List<List<String>> clients, Pattern pattern) {
    List<Set<String>> parts =
        clients.stream().map(statements -> matches(statements, pattern)).toList();
    Set<String> all = new HashSet<>();
    parts.forEach(all::addAll);
    assertEquals(all.size(), parts.stream().mapToInt(Set::size).sum());
    parts.forEach(own -> assertTrue(own.size() > 1_000, () -> own.size() + " of " + pattern));
  }

  @Test
  void clientsShareTablesWhereThereAreEnough() {
    Workload workload =
        Workloads.ALL.stream().filter(each -> each.tables().size() > 4).findFirst().orElseThrow();

    List<List<String>> clients = FinalStatements.of(workload, 10_000, 4);

    Pattern name = Pattern.compile("`\\.`(\\w+)`");
    List<Set<String>> tables =
        clients.stream().map(statements -> matches(statements, name)).toList();
    assertEquals(20, tables.stream().mapToInt(Set::size).sum());
    tables.forEach(own -> assertEquals(5, own.size()));
  }

  @Test
  void aStatementEndsWithTheTupleThatFillsItAndNoTupleIsLost() {
    MultiRowStatements statements =
        new MultiRowStatements(
            "IN (", ")", 8, Integer.MAX_VALUE, List.of("11", "22", "33", "44", "55").stream());

    assertEquals("IN (11,22)", statements.next());
    assertEquals("IN (33,44)", statements.next());
    assertEquals("IN (55)", statements.next());
    assertFalse(statements.hasNext());
  }

  /** The first group of all matches, in every statement. */
  private static Set<String> matches(List<String> statements, Pattern pattern) {
    return statements.stream()
        .flatMap(sql -> pattern.matcher(sql).results().map(result -> result.group(1)))
        .collect(Collectors.toSet());
  }
}
