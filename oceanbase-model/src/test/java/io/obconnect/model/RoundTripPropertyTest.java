package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Law: what the renderer writes, the parser reads as the same definition. */
class RoundTripPropertyTest {

  private static final int TRIES = 300;

  @Property(tries = TRIES)
  void renderedTableIsReadAsTheSame(@ForAll("tables") TableDefinition table) {
    String sql = TableRenderer.createTableSql(table);
    assertEquals(
        List.of(new DdlStatement.CreateTable(table, true)), new DdlParser().parse(sql, ""), sql);
  }

  @Provide
  Arbitrary<TableDefinition> tables() {
    Arbitrary<List<ColumnDefinition>> columns =
        columns().list().ofMinSize(1).ofMaxSize(4).uniqueElements(ColumnDefinition::name);
    Arbitrary<String> comments = texts();
    return Combinators.combine(names(), names(), columns, comments, Arbitraries.longs())
        .as(RoundTripPropertyTest::table);
  }

  private static TableDefinition table(
      String database, String name, List<ColumnDefinition> columns, String comment, long next) {
    List<IndexDefinition> indexes = new ArrayList<>();
    for (ColumnDefinition column : columns) {
      IndexPart part =
          new IndexPart.Column(
              column.name(),
              column.invisible() ? OptionalInt.of(3) : OptionalInt.empty(),
              column.nullable());
      IndexDefinition.Kind kind =
          column.nullable() ? IndexDefinition.Kind.KEY : IndexDefinition.Kind.UNIQUE;
      indexes.add(
          new IndexDefinition(
              "k" + column.name(),
              kind,
              List.of(part),
              column.comment(),
              column.invisible(),
              Map.of()));
    }
    TableOptions options =
        new TableOptions(
            Optional.of("utf8mb4"),
            Optional.empty(),
            comment,
            OptionalLong.of(next),
            Map.of("ENGINE", "InnoDB"));
    return new TableDefinition(
        new TableId(database, name),
        columns,
        indexes,
        List.of(),
        List.of(),
        Optional.empty(),
        options);
  }

  private static Arbitrary<ColumnDefinition> columns() {
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return Combinators.combine(names(), types(), flags, defaults(), texts(), flags)
        .as(
            (name, type, nullable, value, comment, invisible) ->
                new ColumnDefinition(
                    name,
                    type,
                    nullable,
                    value,
                    Optional.empty(),
                    false,
                    comment,
                    invisible,
                    Optional.empty(),
                    Map.of()));
  }

  private static Arbitrary<ColumnType> types() {
    Arbitrary<ColumnType> plain =
        Arbitraries.of("int", "bigint", "json", "date", "double", "blob", "geometry", "year")
            .map(ColumnType::of);
    Arbitrary<ColumnType> sized =
        Combinators.combine(
                Arbitraries.of("varchar", "char", "varbinary", "bit", "datetime", "vector"),
                Arbitraries.integers().between(1, 60))
            .as((name, length) -> ColumnType.of(name).withLength(length));
    Arbitrary<ColumnType> labelled =
        Combinators.combine(Arbitraries.of("enum", "set"), texts().list().ofMinSize(1).ofMaxSize(3))
            .as(
                (name, labels) ->
                    ColumnType.of(name)
                        .withArguments(OptionalInt.empty(), OptionalInt.empty(), labels)
                        .withText(Optional.of("utf8mb4"), Optional.of("utf8mb4_bin")));
    Arbitrary<ColumnType> numeric =
        Arbitraries.integers()
            .between(0, 30)
            .map(
                scale ->
                    ColumnType.of("decimal")
                        .withArguments(OptionalInt.of(65), OptionalInt.of(scale), List.of())
                        .withSign(true, scale % 2 == 0));
    return Arbitraries.oneOf(plain, sized, labelled, numeric);
  }

  private static Arbitrary<ColumnDefault> defaults() {
    return Arbitraries.oneOf(
        Arbitraries.just(new ColumnDefault.None()),
        Arbitraries.just(new ColumnDefault.Null()),
        Arbitraries.just(new ColumnDefault.Binary("b'101'")),
        Arbitraries.just(new ColumnDefault.Binary("0x00ff")),
        Arbitraries.just(new ColumnDefault.Expression("CURRENT_TIMESTAMP(3)")),
        texts()
            .map(text -> new ColumnDefault.Expression("(concat(" + SqlText.literal(text) + "))")),
        texts().map(ColumnDefault.Literal::new));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.of("select", "key", "comment", "a b", "`", "a``b", "列", "a.b", "primary"),
        Arbitraries.strings().withChars("aZ0_`'\"\\;#-/*.中 (),").ofMinLength(1).ofMaxLength(12));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("aZ0_`'\"\\;#-/*!%\n\r\t\0\032中é (),").ofMaxLength(12);
  }
}
