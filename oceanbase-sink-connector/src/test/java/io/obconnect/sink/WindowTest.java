package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.Window.Belief;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final int MAX_CHARS = 200;
  private static final Pattern ROW = Pattern.compile("\\((\\d+),(\\d+|NULL)\\)");
  private static final Pattern KEY = Pattern.compile("\\((\\d+)\\)");

  /** The key of a record whose fields are not the table's key (message.key.columns). */
  private static final Schema OTHER_KEY =
      SchemaBuilder.struct().field("v", Schema.OPTIONAL_INT32_SCHEMA).build();

  private record Step(Kind kind, long id, long to, int value) {
    enum Kind {
      UPSERT,
      DELETE,
      MOVE
    }

    RowChange change() {
      Struct otherKey = new Struct(OTHER_KEY).put("v", value);
      return switch (kind) {
        case UPSERT -> Changes.upsert(id, value);
        case DELETE -> Changes.delete(id);
        case MOVE ->
            new RowChange(
                Changes.TABLE,
                Operation.UPDATE,
                otherKey,
                Changes.row(id, value),
                Changes.row(to, value),
                null);
      };
    }

    void applyTo(Map<Long, String> table) {
      switch (kind) {
        case UPSERT -> table.put(id, String.valueOf(value));
        case DELETE -> table.remove(id);
        case MOVE -> {
          table.remove(id);
          table.put(to, String.valueOf(value));
        }
      }
    }
  }

  /** Law: the window's statements leave what the changes, one by one, would have left. */
  @Property
  void compactionKeepsTheOutcome(
      @ForAll("histories") List<Step> before, @ForAll("histories") List<Step> history) {
    Map<Long, String> expected = new HashMap<>();
    before.forEach(step -> step.applyTo(expected));
    Map<Long, String> actual = new HashMap<>(expected);
    Window window = new Window();
    TableWriter writer = new TableWriter(Changes.plan());
    for (Step step : history) {
      step.applyTo(expected);
      add(window, writer, step.change());
    }
    assertEquals(expected, applied(window, actual));
  }

  /** Law: a window that is applied again, in part or in full, leaves the same. */
  @Property
  void windowCanBeRepeated(@ForAll("histories") List<Step> history) {
    Window window = new Window();
    TableWriter writer = new TableWriter(Changes.plan());
    history.forEach(step -> add(window, writer, step.change()));
    Map<Long, String> once = applied(window, new HashMap<>());
    assertEquals(once, applied(window, once));
  }

  /** As the writer does: what was taken for new and exists is overwritten. */
  private static Map<Long, String> applied(Window window, Map<Long, String> table) {
    for (Belief belief : List.of(Belief.NEW_ROWS_ARE_NEW, Belief.ANY_ROW_MAY_EXIST)) {
      Map<Long, String> after = new HashMap<>(table);
      if (window.statements(new StatementBuffer(MAX_CHARS), belief).stream()
          .allMatch(sql -> execute(sql, after))) {
        return after;
      }
    }
    throw new AssertionError("a key is taken although any row may exist");
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Long> ids = Arbitraries.longs().between(1, 4);
    return Combinators.combine(
            Arbitraries.of(Step.Kind.class), ids, ids, Arbitraries.integers().between(0, 99))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  /** Returns false where a key is taken. */
  private static boolean execute(String sql, Map<Long, String> table) {
    if (sql.startsWith("DELETE FROM `shop`.`orders` WHERE (`id`) IN (")) {
      Matcher key = KEY.matcher(sql.substring(sql.indexOf(" IN (") + " IN (".length()));
      while (key.find()) {
        table.remove(Long.valueOf(key.group(1)));
      }
      return true;
    }
    assertTrue(sql.startsWith("INSERT INTO `shop`.`orders` (`id`, `v`) VALUES "), sql);
    boolean overwrites = sql.endsWith(" ON DUPLICATE KEY UPDATE `v`=VALUES(`v`)");
    Matcher row = ROW.matcher(sql);
    boolean free = true;
    while (row.find()) {
      free &= table.put(Long.valueOf(row.group(1)), row.group(2)) == null;
    }
    return free || overwrites;
  }

  @Test
  void keyThatIsDeletedAndWrittenAgainIsWrittenOnly() {
    Window window = new Window();
    TableWriter writer = new TableWriter(Changes.plan());
    add(window, writer, Changes.upsert(1, 5));
    add(window, writer, Changes.delete(1));
    add(window, writer, Changes.upsert(1, 6));
    assertEquals(
        List.of("INSERT INTO `shop`.`orders` (`id`, `v`) VALUES (1,6)"),
        window.statements(new StatementBuffer(MAX_CHARS), Belief.NEW_ROWS_ARE_NEW));
    assertEquals(
        List.of(
            "INSERT INTO `shop`.`orders` (`id`, `v`) VALUES (1,6) ON DUPLICATE KEY UPDATE"
                + " `v`=VALUES(`v`)"),
        window.statements(new StatementBuffer(MAX_CHARS), Belief.ANY_ROW_MAY_EXIST));
  }

  private static void add(Window window, TableWriter writer, RowChange change) {
    window.add(writer, Changes.work(writer.plan(), change, 0));
  }

  private static RowChange update(long id, int from, int to) {
    return new RowChange(
        Changes.TABLE,
        Operation.UPDATE,
        Changes.key(id),
        Changes.row(id, from),
        Changes.row(id, to),
        null);
  }

  /** Neither order of two upserts works. */
  @Test
  void rowsThatSwapAUniqueValueAreDeletedBeforeTheyAreInserted() {
    TableWriter writer = new TableWriter(Changes.uniquePlan());
    Window window = new Window();
    add(window, writer, update(1, 5, 9));
    add(window, writer, update(2, 6, 5));
    add(window, writer, update(1, 9, 6));
    assertEquals(
        List.of(
            "DELETE FROM `shop`.`orders` WHERE (`id`) IN ((2),(1))",
            "INSERT INTO `shop`.`orders` (`id`, `v`) VALUES (2,5),(1,6)"),
        window.statements(new StatementBuffer(MAX_CHARS), Belief.NEW_ROWS_ARE_NEW));
  }

  @Test
  void newRowsOfSuchATableAreInsertedUnlessTheyMayExist() {
    TableWriter writer = new TableWriter(Changes.uniquePlan());
    Window window = new Window();
    add(window, writer, Changes.upsert(1, 5));
    String insert = "INSERT INTO `shop`.`orders` (`id`, `v`) VALUES (1,5)";
    assertEquals(
        List.of(insert),
        window.statements(new StatementBuffer(MAX_CHARS), Belief.NEW_ROWS_ARE_NEW));
    assertEquals(
        List.of("DELETE FROM `shop`.`orders` WHERE (`id`) IN ((1))", insert),
        window.statements(new StatementBuffer(MAX_CHARS), Belief.ANY_ROW_MAY_EXIST));
  }

  @Test
  void rowsWithoutKeyAreFoundByAllTheirColumnsInOrder() {
    TablePlan keyless =
        new TablePlan(Changes.TABLE, Changes.plan().columns(), List.of(), List.of(), false);
    TableWriter writer = new TableWriter(keyless);
    Window window = new Window();
    add(window, writer, Changes.upsert(1, 5));
    add(window, writer, Changes.upsert(1, 5));
    add(window, writer, update(1, 5, 6));
    assertEquals(
        List.of(
            "INSERT INTO `shop`.`orders` (`id`, `v`) VALUES (1,5),(1,5)",
            "DELETE FROM `shop`.`orders` WHERE `id` <=> 1 AND `v` <=> 5 LIMIT 1",
            "INSERT INTO `shop`.`orders` (`id`, `v`) VALUES (1,6)"),
        window.statements(new StatementBuffer(MAX_CHARS), Belief.NEW_ROWS_ARE_NEW));
  }

  /** A row of an equal but other key has come after it, from another partition. */
  @Test
  void rowOfAKeyInAnotherCaseIsNotDeleted() {
    DestinationColumn name =
        new DestinationColumn("id", "varchar", false, false, "utf8mb4_general_ci", Engine.MYSQL);
    TableWriter writer = new TableWriter(Changes.plan(name));
    assertEquals(
        List.of(
            "DELETE FROM `shop`.`orders` WHERE (`id`) IN (('a')) AND"
                + " (BINARY CONVERT(`id` USING utf8mb4)) IN (('a'))"),
        writer.deletesOfGone(List.of("('a')"), new StatementBuffer(MAX_CHARS)));
  }

  @Test
  void changeThatDoesNotFitFailsAloneAndLeavesTheWindowAsItWas() {
    Window window = new Window();
    TableWriter writer = new TableWriter(Changes.plan(Changes.column("id", "bigint")));
    assertThrows(DataException.class, () -> add(window, writer, Changes.upsert(1, 5)));
    assertEquals(
        List.of(), window.statements(new StatementBuffer(MAX_CHARS), Belief.NEW_ROWS_ARE_NEW));
  }

  /** It has got the value by a later change, which follows. */
  @Test
  void rowThatHoldsTheValueIsRemovedWhereRowsMayBeFurtherOn() {
    Window window = new Window();
    TableWriter writer = new TableWriter(Changes.uniquePlan());
    add(window, writer, Changes.upsert(1, 7));
    add(window, writer, Changes.delete(2));
    assertEquals(
        List.of(
            "DELETE FROM `shop`.`orders` WHERE (`id`) IN ((2))",
            "DELETE FROM `shop`.`orders` WHERE (`id`) IN ((1))",
            "DELETE FROM `shop`.`orders` WHERE (`v`) IN ((7))",
            "INSERT INTO `shop`.`orders` (`id`, `v`) VALUES (1,7)"),
        window.statements(new StatementBuffer(MAX_CHARS), Belief.ROWS_MAY_BE_FURTHER_ON));
  }

  /** Where only the collation calls them equal, both are rows of the source. */
  @Test
  void onlyTheExactValueCounts() {
    DestinationColumn v =
        new DestinationColumn("v", "varchar", false, false, "utf8mb4_general_ci", Engine.MYSQL);
    TablePlan plan =
        new TablePlan(
            Changes.TABLE,
            TablePlan.byFoldedName(List.of(Changes.column("id", "bigint"), v)),
            List.of("id"),
            List.of(new UniqueKey("v", List.of(new UniqueKey.Part("v", 0)))),
            false);
    Schema schema =
        SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("v", Schema.STRING_SCHEMA)
            .build();
    Struct row = new Struct(schema).put("id", 1L).put("v", "Aa");
    assertEquals(
        List.of(
            "DELETE FROM `shop`.`orders` WHERE (`v`) IN (('Aa'))"
                + " AND (BINARY CONVERT(`v` USING utf8mb4)) IN (('Aa'))"),
        new TableWriter(plan).deletesOfHolders(List.of(row), new StatementBuffer(MAX_CHARS)));
  }
}
