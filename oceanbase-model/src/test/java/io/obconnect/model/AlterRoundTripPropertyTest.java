package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** Law: what the renderer writes of a change, the parser reads as the same change. */
class AlterRoundTripPropertyTest {

  private static final int TRIES = 500;

  @Property(tries = TRIES)
  void renderedChangeIsReadAsTheSame(@ForAll("alterations") DdlStatement.AlterTable alter) {
    String sql = StatementRenderer.sql(alter);
    assertEquals(List.of(alter), new DdlParser().parse(sql, ""), sql);
  }

  @Provide
  Arbitrary<DdlStatement.AlterTable> alterations() {
    // MySQL's grammar wants an action on partitions alone.
    Arbitrary<List<AlterAction>> actions =
        Arbitraries.oneOf(actions().list().ofMinSize(1).ofMaxSize(4), partitions().map(List::of));
    return Combinators.combine(tables(), actions).as(DdlStatement.AlterTable::new);
  }

  private static Arbitrary<AlterAction> actions() {
    Arbitrary<AlterAction> ofColumns =
        Arbitraries.oneOf(
            Combinators.combine(columns(), positions()).as(AlterAction.AddColumn::new),
            Combinators.combine(names(), columns(), positions()).as(AlterAction.ChangeColumn::new),
            names().map(AlterAction.DropColumn::new),
            Combinators.combine(names(), names()).as(AlterAction.RenameColumn::new),
            Combinators.combine(names(), texts().map(ColumnDefault.Literal::new))
                .as(AlterAction.SetDefault::new),
            Combinators.combine(names(), flags()).as(AlterAction.SetColumnVisible::new));
    Arbitrary<AlterAction> ofKeys =
        Arbitraries.oneOf(
            indexes().map(AlterAction.AddIndex::new),
            names().map(AlterReader::dropIndex),
            Combinators.combine(names(), names()).as(AlterAction.RenameIndex::new),
            Combinators.combine(names(), flags()).as(AlterAction.SetIndexVisible::new),
            foreignKeys().map(AlterAction.AddForeignKey::new),
            names().map(AlterAction.DropForeignKey::new),
            Combinators.combine(names(), texts(), flags())
                .as((name, text, enforced) -> check(name, text, enforced)),
            names().map(AlterAction.DropCheck::new),
            names().map(AlterAction.DropConstraint::new),
            Combinators.combine(names(), flags()).as(AlterAction.SetCheckEnforced::new));
    Arbitrary<AlterAction> ofTable =
        Arbitraries.oneOf(
            tables().map(AlterAction.RenameTo::new),
            texts().map(AlterRoundTripPropertyTest::comment),
            Arbitraries.just(
                new AlterAction.ConvertCharset(Optional.of("utf8mb4"), Optional.empty())));
    return Arbitraries.oneOf(ofColumns, ofKeys, ofTable);
  }

  private static Arbitrary<AlterAction> partitions() {
    return Arbitraries.oneOf(
        names().list().ofMinSize(1).ofMaxSize(3).map(AlterAction.DropPartitions::new),
        names().list().ofMaxSize(3).map(AlterAction.TruncatePartitions::new),
        Combinators.combine(names(), tables()).as(AlterAction.ExchangePartition::new));
  }

  private static AlterAction check(String name, String text, boolean enforced) {
    String condition = "a <> " + SqlText.literal(text);
    return new AlterAction.AddCheck(CheckConstraint.of(name, condition, enforced));
  }

  private static AlterAction comment(String text) {
    return new AlterAction.SetOptions(
        Optional.of(text),
        new TableOptions(Optional.empty(), Optional.empty(), text, OptionalLong.empty(), Map.of()));
  }

  private static Arbitrary<ColumnDefinition> columns() {
    Arbitrary<ColumnType> types =
        Arbitraries.of("int", "date", "json", "longtext").map(ColumnType::of);
    return Combinators.combine(names(), types, flags(), texts(), flags())
        .as(
            (name, type, nullable, comment, invisible) ->
                new ColumnDefinition(
                    name,
                    type,
                    nullable,
                    new ColumnDefault.None(),
                    Optional.empty(),
                    false,
                    comment,
                    invisible,
                    Optional.empty(),
                    Map.of()));
  }

  private static Arbitrary<ColumnPosition> positions() {
    return Arbitraries.oneOf(
        Arbitraries.just(new ColumnPosition.Unchanged()),
        Arbitraries.just(new ColumnPosition.First()),
        names().map(ColumnPosition.After::new));
  }

  private static Arbitrary<IndexDefinition> indexes() {
    Arbitrary<IndexDefinition.Kind> kinds =
        Arbitraries.of(
            IndexDefinition.Kind.KEY, IndexDefinition.Kind.UNIQUE, IndexDefinition.Kind.FULLTEXT);
    return Combinators.combine(names(), kinds, names(), flags(), texts())
        .as(
            (name, kind, column, flag, comment) ->
                new IndexDefinition(
                    name,
                    kind,
                    List.of(
                        new IndexPart.Column(
                            column, flag ? OptionalInt.of(7) : OptionalInt.empty(), flag)),
                    comment,
                    flag,
                    Map.of()));
  }

  private static Arbitrary<ForeignKey> foreignKeys() {
    return Combinators.combine(
            names(), names(), names().list().ofMinSize(1).ofMaxSize(3), tables(), names())
        .as(
            (name, index, columns, parent, column) ->
                new ForeignKey(
                    name, index, columns, parent, List.of(column), "ON DELETE SET NULL"));
  }

  private static Arbitrary<TableId> tables() {
    return Combinators.combine(names(), names()).as(TableId::new);
  }

  private static Arbitrary<Boolean> flags() {
    return Arbitraries.of(true, false);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.of("select", "first", "after", "column", "a b", "`", "a``b", "列", "a.b", "to"),
        Arbitraries.strings().withChars("aZ0_`'\"\\;#-/*.中 (),").ofMinLength(1).ofMaxLength(12));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("aZ0_`'\"\\;#-/*!%\n\r\t\0\032中é (),").ofMaxLength(12);
  }
}
