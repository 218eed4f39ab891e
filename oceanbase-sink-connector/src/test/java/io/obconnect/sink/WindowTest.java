package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.sink.SourceChange.RowChange;
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
            new RowChange(Changes.TABLE, otherKey, Changes.row(id, value), Changes.row(to, value));
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
    TableWriter writer = Changes.writer();
    for (Step step : history) {
      step.applyTo(expected);
      window.add(writer, step.change());
    }
    window.statements(MAX_CHARS).forEach(sql -> execute(sql, actual));
    assertEquals(expected, actual);
  }

  /** Law: a window that is applied again, in part or in full, leaves the same. */
  @Property
  void windowCanBeRepeated(@ForAll("histories") List<Step> history) {
    Window window = new Window();
    TableWriter writer = Changes.writer();
    history.forEach(step -> window.add(writer, step.change()));
    Map<Long, String> once = new HashMap<>();
    window.statements(MAX_CHARS).forEach(sql -> execute(sql, once));
    Map<Long, String> twice = new HashMap<>(once);
    window.statements(MAX_CHARS).forEach(sql -> execute(sql, twice));
    assertEquals(once, twice);
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

  private static void execute(String sql, Map<Long, String> table) {
    if (sql.startsWith("DELETE FROM `shop`.`orders` WHERE (`id`) IN (")) {
      Matcher key = KEY.matcher(sql.substring(sql.indexOf(" IN (") + " IN (".length()));
      while (key.find()) {
        table.remove(Long.valueOf(key.group(1)));
      }
      return;
    }
    assertTrue(sql.startsWith("INSERT INTO `shop`.`orders` (`id`, `v`) VALUES "), sql);
    assertTrue(sql.endsWith(" ON DUPLICATE KEY UPDATE `v`=VALUES(`v`)"), sql);
    Matcher row = ROW.matcher(sql);
    while (row.find()) {
      table.put(Long.valueOf(row.group(1)), row.group(2));
    }
  }

  @Test
  void keyThatIsDeletedAndWrittenAgainIsWrittenOnly() {
    Window window = new Window();
    TableWriter writer = Changes.writer();
    window.add(writer, Changes.upsert(1, 5));
    window.add(writer, Changes.delete(1));
    window.add(writer, Changes.upsert(1, 6));
    assertEquals(
        List.of(
            "INSERT INTO `shop`.`orders` (`id`, `v`) VALUES (1,6) ON DUPLICATE KEY UPDATE"
                + " `v`=VALUES(`v`)"),
        window.statements(MAX_CHARS));
  }

  @Test
  void tablesWithFurtherUniqueKeysAreWrittenByReplaceInTheOrderOfTheLastChanges() {
    Map<String, DestinationColumn> columns =
        TablePlan.byFoldedName(List.of(Changes.column("id", "bigint"), Changes.column("v", "int")));
    TableWriter writer =
        new TableWriter(new TablePlan(Changes.TABLE, columns, List.of("id"), true));
    Window window = new Window();
    window.add(writer, Changes.upsert(1, 5));
    window.add(writer, Changes.upsert(2, 6));
    window.add(writer, Changes.upsert(1, 7));
    assertEquals(
        List.of("REPLACE INTO `shop`.`orders` (`id`, `v`) VALUES (2,6),(1,7)"),
        window.statements(MAX_CHARS));
  }

  @Test
  void changeThatDoesNotFitFailsAloneAndLeavesTheWindowAsItWas() {
    Window window = new Window();
    TableWriter writer = new TableWriter(Changes.plan(Changes.column("id", "bigint")));
    assertThrows(DataException.class, () -> window.add(writer, Changes.upsert(1, 5)));
    assertEquals(List.of(), window.statements(MAX_CHARS));
  }
}
