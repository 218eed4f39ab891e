package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of new names for columns. */
class StatementMappingPropertyTest {

  private static final int TRIES = 2000;
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "select");
  private static final TableId ID = new TableId("d", "t");
  private static final ColumnSelector RENAMING =
      ColumnSelector.parse("", "", "d.t.a -> `x y`, d.t.b -> b2, d.t.select -> e2");
  private static final ColumnSelector SELECTION =
      ColumnSelector.parse("", "d.t.b, d.t.d", "d.t.a -> x");

  @Provide
  Arbitrary<DdlStatement.AlterTable> anyAlterations() {
    return new AlterRoundTripPropertyTest().alterations();
  }

  /** Rules that keep all change nothing, whatever the names and texts are. */
  @Property(tries = TRIES)
  void rulesThatKeepAllAreTheIdentity(@ForAll("anyAlterations") DdlStatement.AlterTable alter) {
    ColumnSelector all = ColumnSelector.parse("*.*.*", "d.none.none", "");
    assertEquals(
        new StatementMapping(Optional.of(alter), List.of()), StatementMapping.map(alter, all));
  }

  /** New names for the change and for what it changes: the same as new names afterwards. */
  @Property(tries = TRIES)
  void renamingCommutesWithTheChange(
      @ForAll("tables") TableDefinition table, @ForAll("actions") List<AlterAction> actions) {
    DdlStatement.AlterTable alter = new DdlStatement.AlterTable(ID, actions);
    TableDefinition after = TableEvolution.apply(table, actions);
    Assume.that(isTable(after) && refersToColumnsOf(table, actions));
    assertEquals(
        mapped(after, RENAMING),
        TableEvolution.apply(mapped(table, RENAMING), mapped(alter, RENAMING)));
  }

  /** The columns that are kept follow the source, wherever they stand. */
  @Property(tries = TRIES)
  void leavingOutCommutesWithTheChangeOfColumns(
      @ForAll("tables") TableDefinition table, @ForAll("actions") List<AlterAction> actions) {
    DdlStatement.AlterTable alter = new DdlStatement.AlterTable(ID, actions);
    TableDefinition after = TableEvolution.apply(table, actions);
    Assume.that(isTable(after) && refersToColumnsOf(table, actions) && keepsSides(actions));
    assertEquals(
        sortedColumns(mapped(after, SELECTION)),
        sortedColumns(TableEvolution.apply(mapped(table, SELECTION), mapped(alter, SELECTION))));
  }

  private static TableDefinition mapped(TableDefinition table, ColumnSelector selector) {
    return TableMapping.map(table, table.id(), selector).table();
  }

  private static List<AlterAction> mapped(DdlStatement.AlterTable alter, ColumnSelector selector) {
    return StatementMapping.map(alter, selector)
        .statement()
        .map(statement -> ((DdlStatement.AlterTable) statement).actions())
        .orElse(List.of());
  }

  private static List<ColumnDefinition> sortedColumns(TableDefinition table) {
    return table.columns().stream().sorted(Comparator.comparing(ColumnDefinition::name)).toList();
  }

  /** Whether a server would have let it come so far: all that is named exists, and only once. */
  private static boolean isTable(TableDefinition table) {
    List<String> columns = table.columns().stream().map(ColumnDefinition::name).toList();
    Stream<String> texts =
        Stream.concat(
            table.checks().stream().map(CheckConstraint::condition), table.partitioning().stream());
    Stream<String> named =
        Stream.of(
                table.indexes().stream().flatMap(index -> index.columnNames().stream()),
                table.foreignKeys().stream().flatMap(key -> key.columns().stream()),
                texts.flatMap(sql -> NAMES.stream().filter(name -> SqlToken.names(sql, name))))
            .flatMap(names -> names);
    return columns.contains("c")
        && columns.stream().distinct().count() == columns.size()
        && named.allMatch(columns::contains);
  }

  /** What one ALTER changes is there before it, and is changed once: as the servers demand it. */
  private static boolean refersToColumnsOf(TableDefinition table, List<AlterAction> actions) {
    List<String> changed =
        actions.stream().flatMap(action -> changedColumn(action).stream()).toList();
    return changed.stream().distinct().count() == changed.size()
        && table.columns().stream().map(ColumnDefinition::name).toList().containsAll(changed);
  }

  private static Optional<String> changedColumn(AlterAction action) {
    if (action instanceof AlterAction.ChangeColumn change) {
      return Optional.of(change.name());
    }
    if (action instanceof AlterAction.DropColumn drop) {
      return Optional.of(drop.name());
    }
    if (action instanceof AlterAction.RenameColumn rename) {
      return Optional.of(rename.from());
    }
    if (action instanceof AlterAction.SetDefault value) {
      return Optional.of(value.column());
    }
    return action instanceof AlterAction.SetColumnVisible visible
        ? Optional.of(visible.column())
        : Optional.empty();
  }

  private static boolean keepsSides(List<AlterAction> actions) {
    return actions.stream()
        .allMatch(
            action -> {
              if (action instanceof AlterAction.RenameColumn rename) {
                return isKept(rename.from()) == isKept(rename.to());
              }
              return !(action instanceof AlterAction.ChangeColumn change)
                  || isKept(change.name()) == isKept(change.column().name());
            });
  }

  private static boolean isKept(String column) {
    return SELECTION.map(ID, column).isPresent();
  }

  @Provide
  Arbitrary<TableDefinition> tables() {
    return Combinators.combine(
            columns().list().ofMinSize(1).ofMaxSize(3).uniqueElements(ColumnDefinition::name),
            Arbitraries.of(true, false))
        .as(StatementMappingPropertyTest::table)
        .filter(StatementMappingPropertyTest::isTable);
  }

  private static TableDefinition table(List<ColumnDefinition> columns, boolean checked) {
    String last = columns.get(columns.size() - 1).name();
    return new TableDefinition(
        ID,
        columns,
        List.of(index("k", last)),
        List.of(key(last)),
        checked ? List.of(check(last)) : List.of(),
        checked
            ? Optional.empty()
            : Optional.of("PARTITION BY HASH (" + SqlText.identifier(last) + ") PARTITIONS 4"),
        new TableOptions(Optional.empty(), Optional.empty(), "", OptionalLong.empty(), Map.of()));
  }

  @Provide
  Arbitrary<List<AlterAction>> actions() {
    Arbitrary<AlterAction> action =
        Arbitraries.oneOf(
            Combinators.combine(columns(), positions()).as(AlterAction.AddColumn::new),
            Combinators.combine(names(), columns(), positions()).as(AlterAction.ChangeColumn::new),
            names().map(AlterAction.DropColumn::new),
            Combinators.combine(names(), names()).as(AlterAction.RenameColumn::new),
            names().map(name -> new AlterAction.SetDefault(name, new ColumnDefault.Null())),
            names().map(name -> new AlterAction.SetColumnVisible(name, false)),
            names().map(name -> new AlterAction.AddIndex(index("l", name))),
            names().map(name -> new AlterAction.AddForeignKey(key(name))),
            names().map(name -> new AlterAction.AddCheck(check(name))),
            Arbitraries.just(new AlterAction.DropIndex("k")));
    return action.list().ofMinSize(1).ofMaxSize(3);
  }

  private static IndexDefinition index(String name, String column) {
    IndexPart part = new IndexPart.Column(column, OptionalInt.empty(), false);
    return new IndexDefinition(name, IndexDefinition.Kind.KEY, List.of(part), "", false, Map.of());
  }

  private static ForeignKey key(String column) {
    return new ForeignKey("f", "", List.of(column), ID, List.of("a"), "");
  }

  private static CheckConstraint check(String column) {
    return CheckConstraint.of("ck", SqlText.identifier(column) + " > length('a')", true);
  }

  private static Arbitrary<ColumnDefinition> columns() {
    return Combinators.combine(names(), Arbitraries.of("int", "date"), Arbitraries.of(true, false))
        .as(
            (name, type, nullable) ->
                new ColumnDefinition(
                    name,
                    ColumnType.of(type),
                    nullable,
                    new ColumnDefault.None(),
                    Optional.empty(),
                    false,
                    "",
                    false,
                    Optional.empty(),
                    Map.of()));
  }

  private static Arbitrary<ColumnPosition> positions() {
    return Arbitraries.oneOf(
        Arbitraries.just(new ColumnPosition.Unchanged()),
        Arbitraries.just(new ColumnPosition.First()),
        names().map(ColumnPosition.After::new));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of(NAMES);
  }
}
