package io.obconnect.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a table that exists can take the rows that a wanted one could take. Defaults, comments
 * and partitions are not looked at: no row depends on them.
 *
 * @param obstacles what rows would be refused, changed or mixed up by
 * @param differences what does no harm
 */
public record TableFit(List<String> obstacles, List<String> differences) {

  public TableFit {
    obstacles = List.copyOf(obstacles);
    differences = List.copyOf(differences);
  }

  /** Compares two definitions of one destination; a pure function. */
  public static TableFit of(TableDefinition wanted, TableDefinition existing) {
    Comparison comparison = new Comparison(wanted, existing);
    wanted.columns().forEach(comparison::column);
    existing.columns().forEach(comparison::furtherColumn);
    comparison.keys();
    comparison.indexes();
    return new TableFit(comparison.obstacles, comparison.differences);
  }

  /** Returns whether the table can be used. */
  public boolean isCompatible() {
    return obstacles.isEmpty();
  }

  private static final class Comparison {
    private final TableDefinition wanted;
    private final TableDefinition existing;
    private final List<String> obstacles = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();

    Comparison(TableDefinition wanted, TableDefinition existing) {
      this.wanted = wanted;
      this.existing = existing;
    }

    void column(ColumnDefinition column) {
      String name = "column " + SqlText.identifier(column.name());
      Optional<ColumnDefinition> found = existing.column(column.name());
      if (found.isEmpty()) {
        obstacles.add(name + " is missing");
        return;
      }
      ColumnDefinition has = found.get();
      type(name, column, has);
      if (column.nullable() && !has.nullable()) {
        obstacles.add(name + " allows no NULL");
      } else if (!column.nullable() && has.nullable()) {
        differences.add(name + " allows NULL");
      }
      if (column.generated().isEmpty() && has.generated().isPresent()) {
        obstacles.add(name + " is computed, so that no value can be written to it");
      } else if (column.generated().isPresent() && has.generated().isEmpty()) {
        differences.add(name + " is not computed");
      }
    }

    private void type(String name, ColumnDefinition column, ColumnDefinition has) {
      ColumnType from = NormalColumn.of(column, wanted).type();
      ColumnType to = NormalColumn.of(has, existing).type();
      String change = name + " is " + to.render() + " instead of " + from.render();
      boolean sameCollation = from.collation().isEmpty() || from.collation().equals(to.collation());
      if (!TypeWidening.isWidening(from, to)) {
        obstacles.add(change);
      } else if (!sameCollation && isInKey(column) && !keepsApartAll(to)) {
        obstacles.add(change + ", which may take two keys for one");
      } else if (!from.equals(to)) {
        differences.add(change);
      }
    }

    private boolean isInKey(ColumnDefinition column) {
      return existing.indexes().stream()
          .filter(IndexDefinition::isUnique)
          .anyMatch(index -> parts(index).contains(fold(column.name())));
    }

    private static boolean keepsApartAll(ColumnType type) {
      return type.collation().filter(CollationMapper::isBinary).isPresent();
    }

    void furtherColumn(ColumnDefinition column) {
      if (wanted.column(column.name()).isPresent()) {
        return;
      }
      String name = "column " + SqlText.identifier(column.name());
      boolean filledByItself =
          column.nullable()
              || column.autoIncrement()
              || column.generated().isPresent()
              || !(column.defaultValue() instanceof ColumnDefault.None);
      if (filledByItself) {
        differences.add(name + " is one more");
      } else {
        obstacles.add(name + " is one more, and neither allows NULL nor has a default");
      }
    }

    /** Rows must be found by the same key, and none may be refused that the source allows. */
    void keys() {
      Optional<IndexDefinition> key = wanted.primaryKey();
      key.filter(index -> !hasUnique(parts(index)))
          .ifPresent(
              index ->
                  obstacles.add(
                      "no key of its own has the columns of the primary key " + describe(index)));
      for (IndexDefinition index : existing.indexes()) {
        if (index.isUnique() && wanted.indexes().stream().noneMatch(w -> implies(w, index))) {
          obstacles.add(
              (index.kind() == IndexDefinition.Kind.PRIMARY ? "the primary key " : "unique key ")
                  + describe(index)
                  + " forbids rows that the source allows");
        }
      }
      wanted.uniqueIndexes().stream()
          .filter(index -> !hasUnique(parts(index)))
          .forEach(index -> differences.add("unique key " + describe(index) + " is missing"));
    }

    private boolean hasUnique(Set<String> parts) {
      return existing.indexes().stream()
          .anyMatch(index -> index.isUnique() && parts(index).equals(parts));
    }

    /** Rows that differ in some of an index's parts differ in all of them. */
    private static boolean implies(IndexDefinition wanted, IndexDefinition existing) {
      return wanted.isUnique() && parts(existing).containsAll(parts(wanted));
    }

    void indexes() {
      Set<List<String>> has =
          existing.indexes().stream().map(Comparison::partList).collect(Collectors.toSet());
      wanted.indexes().stream()
          .filter(index -> !index.isUnique() && !has.contains(partList(index)))
          .forEach(index -> differences.add("index " + describe(index) + " is missing"));
    }

    /** Distinct for what tells rows apart in another way: prefixes and expressions. */
    private static Set<String> parts(IndexDefinition index) {
      return new HashSet<>(partList(index));
    }

    private static List<String> partList(IndexDefinition index) {
      return index.parts().stream().map(Comparison::part).toList();
    }

    private static String part(IndexPart part) {
      if (part instanceof IndexPart.Expression expression) {
        return "(" + NormalColumn.expression(expression.sql()) + ")";
      }
      IndexPart.Column column = (IndexPart.Column) part;
      return column.prefix().isPresent()
          ? "(" + fold(column.name()) + " " + column.prefix().getAsInt() + ")"
          : fold(column.name());
    }

    private static String fold(String name) {
      return name.toLowerCase(Locale.ROOT);
    }

    private static String describe(IndexDefinition index) {
      String parts =
          index.parts().stream().map(IndexPart::render).collect(Collectors.joining(", ", "(", ")"));
      return index.kind() == IndexDefinition.Kind.PRIMARY
          ? parts
          : SqlText.identifier(index.name()) + " " + parts;
    }
  }
}
