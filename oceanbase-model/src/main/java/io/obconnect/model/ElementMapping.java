package io.obconnect.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Gives the elements of one table, its columns, indexes and constraints, the names of the
 * destination's columns. What needs a column that is left out is left out, too, and reported.
 */
final class ElementMapping {

  static final String AS_CONFIGURED = "as configured";

  private final TableId table;
  private final ColumnSelector selector;
  private final ColumnNames names;
  private final ConversionLog log;

  ElementMapping(TableId table, ColumnSelector selector, ColumnNames names, ConversionLog log) {
    this.table = table;
    this.selector = selector;
    this.names = names;
    this.log = log;
  }

  /** Maps a column that is new to the destination. */
  Optional<ColumnDefinition> column(ColumnDefinition column) {
    Optional<String> name = names.map(column.name());
    if (name.isEmpty()) {
      log.notCarriedOver(ConversionLog.column(column), "the column", "", AS_CONFIGURED);
      return Optional.empty();
    }
    reportName(column.name(), name.get());
    return Optional.of(definition(column).withName(name.get()));
  }

  void reportName(String from, String to) {
    if (!from.equals(to)) {
      log.mapped(ConversionLog.column(from), "its name", SqlText.identifier(to), AS_CONFIGURED);
    }
  }

  /** Maps what a column says of others; its own name stays. */
  ColumnDefinition definition(ColumnDefinition column) {
    return withGeneration(column).withDefault(defaultValue(column.name(), column.defaultValue()));
  }

  private ColumnDefinition withGeneration(ColumnDefinition column) {
    if (column.generated().isEmpty()) {
      return column;
    }
    GeneratedValue generated = column.generated().get();
    ColumnNames.Text text = names.expression(generated.expression());
    return text.lost().isEmpty()
        ? column.withGenerated(Optional.of(new GeneratedValue(text.sql(), generated.stored())))
        : ColumnConversion.plain(column, generated, ColumnNames.leftOut(text.lost()), log);
  }

  /** Maps a default; change records carry the values of one that is lost. */
  ColumnDefault defaultValue(String column, ColumnDefault value) {
    if (!(value instanceof ColumnDefault.Expression expression)) {
      return value;
    }
    ColumnNames.Text text = names.expression(expression.sql());
    if (text.lost().isEmpty()) {
      return new ColumnDefault.Expression(text.sql());
    }
    log.notCarriedOver(
        ConversionLog.column(column),
        "DEFAULT " + expression.sql(),
        "",
        ColumnNames.leftOut(text.lost()) + "; change records carry the value");
    return new ColumnDefault.None();
  }

  /** Returns the columns that the values of a column depend on, and that are left out. */
  List<String> lostSources(ColumnDefinition column) {
    Set<String> lost = new LinkedHashSet<>();
    column.generated().ifPresent(value -> lost.addAll(names.expression(value.expression()).lost()));
    if (column.defaultValue() instanceof ColumnDefault.Expression expression) {
      lost.addAll(names.expression(expression.sql()).lost());
    }
    return List.copyOf(lost);
  }

  /**
   * Maps an index.
   *
   * @throws IllegalArgumentException if it is the primary key and needs a column that is left out
   */
  Optional<IndexDefinition> index(IndexDefinition index) {
    Set<String> lost = new LinkedHashSet<>(names.lost(index.columnNames()));
    List<IndexPart> parts = new ArrayList<>();
    for (IndexPart part : index.parts()) {
      if (part instanceof IndexPart.Expression expression) {
        ColumnNames.Text text = names.expression(expression.sql());
        lost.addAll(text.lost());
        parts.add(new IndexPart.Expression(text.sql(), part.descending()));
      } else {
        IndexPart.Column column = (IndexPart.Column) part;
        names
            .map(column.name())
            .map(name -> new IndexPart.Column(name, column.prefix(), column.descending()))
            .ifPresent(parts::add);
      }
    }
    if (lost.isEmpty()) {
      return Optional.of(index.withParts(parts));
    }
    reportLost(index, List.copyOf(lost));
    return Optional.empty();
  }

  private void reportLost(IndexDefinition index, List<String> lost) {
    if (index.kind() == IndexDefinition.Kind.PRIMARY) {
      throw new IllegalArgumentException(
          "table "
              + table.quoted()
              + ": "
              + String.join(", ", lost.stream().map(SqlText::identifier).toList())
              + " of its primary key cannot be left out, changes could not find their rows;"
              + " include the column");
    }
    log.notCarriedOver(
        ConversionLog.index(index),
        index.kind().name().toLowerCase(Locale.ROOT),
        "",
        ColumnNames.leftOut(lost)
            + (index.isUnique() ? "; the destination does not enforce it" : ""));
  }

  /** Maps a foreign key; the columns that it refers to go by the rules of their own table. */
  Optional<ForeignKey> foreignKey(ForeignKey key) {
    Optional<String> obstacle = obstacle(key);
    if (obstacle.isPresent()) {
      log.notCarriedOver(
          "foreign key " + SqlText.identifier(key.name()),
          key.withName("").render(),
          "",
          obstacle.get());
      return Optional.empty();
    }
    UnaryOperator<String> parentNames = ColumnNames.of(key.parent(), selector)::kept;
    return Optional.of(key.withColumns(names::kept).withParentColumns(parentNames));
  }

  private Optional<String> obstacle(ForeignKey key) {
    List<String> own = names.lost(key.columns());
    if (!own.isEmpty()) {
      return Optional.of(ColumnNames.leftOut(own));
    }
    List<String> parents = ColumnNames.of(key.parent(), selector).lost(key.parentColumns());
    return parents.isEmpty()
        ? Optional.empty()
        : Optional.of(ColumnNames.leftOut(parents) + " of " + key.parent().quoted());
  }

  /** Maps a check. */
  Optional<CheckConstraint> check(CheckConstraint check) {
    ColumnNames.Text condition = names.expression(check.condition());
    if (condition.lost().isEmpty()) {
      return Optional.of(check.withCondition(condition.sql()));
    }
    log.notCarriedOver(
        "check " + SqlText.identifier(check.name()),
        check.sql(),
        "",
        ColumnNames.leftOut(condition.lost()) + "; the source enforces it");
    return Optional.empty();
  }

  /** Whether all foreign keys and checks of a table are kept. */
  boolean keepsConstraints(TableDefinition definition) {
    return definition.foreignKeys().stream().allMatch(key -> obstacle(key).isEmpty())
        && definition.checks().stream()
            .allMatch(check -> names.expression(check.condition()).lost().isEmpty());
  }

  /** Maps the text from PARTITION BY on. */
  Optional<String> partitioning(String sql) {
    ColumnNames.Text text = names.partitioning(sql);
    if (text.lost().isEmpty()) {
      return Optional.of(text.sql());
    }
    log.notCarriedOver("table", sql, "", ColumnNames.leftOut(text.lost()));
    return Optional.empty();
  }
}
