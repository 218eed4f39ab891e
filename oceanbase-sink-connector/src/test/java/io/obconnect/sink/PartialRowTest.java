package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.Window.Belief;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

/** Updates that leave a value out never write that column, nor lose an earlier change of it. */
class PartialRowTest {
  private static final int MAX_CHARS = 200;
  private static final String PLACEHOLDER = "__debezium_unavailable_value";

  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("id", Schema.INT64_SCHEMA)
          .field("a", Schema.OPTIONAL_INT32_SCHEMA)
          .field("long", Schema.OPTIONAL_STRING_SCHEMA)
          .field("other", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private static final TablePlan PLAN =
      Changes.plan(
          Changes.column("id", "bigint"),
          Changes.column("a", "int"),
          Changes.column("long", "longtext"),
          Changes.column("other", "longtext"));

  private static final TablePlan UNIQUE =
      new TablePlan(
          PLAN.table(),
          PLAN.columns(),
          PLAN.rowKey(),
          List.of(new UniqueKey("a", List.of(new UniqueKey.Part("a", 0)))),
          false);

  private static final TablePlan KEYLESS =
      new TablePlan(PLAN.table(), PLAN.columns(), List.of(), List.of(), false);

  private final UnchangedValues unchanged = new UnchangedValues(PLACEHOLDER);

  /** A change of the row with this id; null as a text says that the source did not send it. */
  private record Step(boolean delete, long id, int a, String text, String other) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<String> texts = Arbitraries.of("x", "y", PLACEHOLDER);
    return Combinators.combine(
            Arbitraries.of(true, false, false, false),
            Arbitraries.longs().between(1, 3),
            Arbitraries.integers().between(0, 9),
            texts,
            texts)
        .as(Step::new)
        .list()
        .ofMaxSize(25);
  }

  private RowChange change(Step step) {
    Struct key = Changes.key(step.id());
    if (step.delete()) {
      return new RowChange(Changes.TABLE, Operation.DELETE, key, null, null, null);
    }
    return update(row(step.id(), step.a(), step.text(), step.other()));
  }

  private RowChange update(Struct row) {
    Struct after = unchanged.leaveOut(row);
    return new RowChange(
        Changes.TABLE, Operation.UPDATE, Changes.key(row.getInt64("id")), null, after, null);
  }

  private static Struct row(long id, int a, String text, String other) {
    return new Struct(ROW).put("id", id).put("a", a).put("long", text).put("other", other);
  }

  /** What a source does: it never updates a row that it does not have. */
  private static boolean isPossible(Step step, Map<Long, Map<String, String>> table) {
    boolean partial = step.text().equals(PLACEHOLDER) || step.other().equals(PLACEHOLDER);
    return step.delete() || !partial || table.containsKey(step.id());
  }

  private static void apply(Step step, Map<Long, Map<String, String>> table) {
    if (step.delete()) {
      table.remove(step.id());
      return;
    }
    Map<String, String> row = table.computeIfAbsent(step.id(), id -> new TreeMap<>());
    row.put("a", String.valueOf(step.a()));
    put(row, "long", step.text());
    put(row, "other", step.other());
  }

  private static void put(Map<String, String> row, String column, String text) {
    if (!text.equals(PLACEHOLDER)) {
      row.put(column, "'" + text + "'");
    }
  }

  /** Law: in windows cut anywhere, the statements leave what the changes would have left. */
  @Property
  void compactionKeepsEveryValue(
      @ForAll("histories") List<Step> history, @ForAll("cuts") List<Boolean> cuts) {
    check(PLAN, history, cuts);
  }

  @Property
  void soDoTablesWithFurtherUniqueKeys(
      @ForAll("histories") List<Step> history, @ForAll("cuts") List<Boolean> cuts) {
    check(UNIQUE, history, cuts);
  }

  @Provide
  Arbitrary<List<Boolean>> cuts() {
    return Arbitraries.of(true, false).list().ofSize(25);
  }

  private void check(TablePlan plan, List<Step> history, List<Boolean> cuts) {
    Map<Long, Map<String, String>> expected = new TreeMap<>();
    Map<Long, Map<String, String>> actual = new TreeMap<>();
    TableWriter writer = new TableWriter(plan);
    Window window = new Window();
    for (int i = 0; i < history.size(); i++) {
      Step step = history.get(i);
      if (isPossible(step, expected)) {
        apply(step, expected);
        window.add(writer, Changes.work(plan, change(step), i));
      }
      if (cuts.get(i)) {
        execute(window, actual);
        window = new Window();
      }
    }
    execute(window, actual);
    assertEquals(expected, actual);
  }

  private static void execute(Window window, Map<Long, Map<String, String>> table) {
    window
        .statements(new StatementBuffer(MAX_CHARS), Belief.NEW_ROWS_ARE_NEW)
        .forEach(sql -> execute(sql, table));
  }

  private static void execute(String sql, Map<Long, Map<String, String>> table) {
    if (sql.startsWith("DELETE")) {
      keys(sql).forEach(table::remove);
    } else if (sql.startsWith("UPDATE")) {
      Map<String, String> row = table.get(keys(sql).get(0));
      Matcher value = Pattern.compile("`(a|long|other)`=([^, ]+)").matcher(sql);
      while (value.find()) {
        row.put(value.group(1), value.group(2));
      }
    } else {
      assertTrue(sql.contains("(`id`, `a`, `long`, `other`) VALUES "), sql);
      Matcher row = Pattern.compile("\\((\\d+),(\\d+),([^,]+),([^)]+)\\)").matcher(sql);
      while (row.find()) {
        Map<String, String> columns = new TreeMap<>();
        columns.put("a", row.group(2));
        columns.put("long", row.group(3));
        columns.put("other", row.group(4));
        table.put(Long.valueOf(row.group(1)), columns);
      }
    }
  }

  private static List<Long> keys(String sql) {
    List<Long> keys = new ArrayList<>();
    Matcher key = Pattern.compile("\\((\\d+)\\)").matcher(sql.substring(sql.indexOf(" IN (")));
    while (key.find()) {
      keys.add(Long.valueOf(key.group(1)));
    }
    return keys;
  }

  @Test
  void columnThatWasNotSentIsNotWritten() {
    Window window = new Window();
    TableWriter writer = new TableWriter(PLAN);
    window.add(writer, Changes.work(PLAN, update(row(1, 5, PLACEHOLDER, "x")), 0));
    assertEquals(
        List.of("UPDATE `shop`.`orders` SET `a`=5,`other`='x' WHERE (`id`) IN ((1))"),
        window.statements(new StatementBuffer(MAX_CHARS), Belief.ANY_ROW_MAY_EXIST));
  }

  @Test
  void valueThatEndsAtADeleteIsNotTakenUpAgain() {
    Window window = new Window();
    TableWriter writer = new TableWriter(PLAN);
    window.add(writer, Changes.work(PLAN, update(row(1, 5, "x", "x")), 0));
    window.add(writer, Changes.work(PLAN, Changes.delete(1), 1));
    RowChange late = update(row(1, 6, PLACEHOLDER, "x"));
    assertThrows(DataException.class, () -> window.add(writer, Changes.work(PLAN, late, 2)));
    assertEquals(
        List.of("DELETE FROM `shop`.`orders` WHERE (`id`) IN ((1))"),
        window.statements(new StatementBuffer(MAX_CHARS), Belief.ANY_ROW_MAY_EXIST),
        "the window is as before");
  }

  @Test
  void rowWithoutKeyIsRefused() {
    Window window = new Window();
    Struct before = row(1, 4, "x", "x");
    Struct after = unchanged.leaveOut(row(1, 5, PLACEHOLDER, "x"));
    RowChange change = new RowChange(Changes.TABLE, Operation.UPDATE, null, before, after, null);
    assertThrows(
        DataException.class,
        () -> window.add(new TableWriter(KEYLESS), Changes.work(KEYLESS, change, 0)));
  }
}
