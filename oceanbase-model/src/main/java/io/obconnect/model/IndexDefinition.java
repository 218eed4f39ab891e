package io.obconnect.model;

import java.util.List;
import java.util.Map;

/**
 * A primary key, unique key or index.
 *
 * @param name the name; {@code PRIMARY} for a primary key
 * @param comment the comment, unescaped; empty if there is none
 * @param options further options, upper case name to value as written (USING, KEY_BLOCK_SIZE, WITH
 *     PARSER)
 */
public record IndexDefinition(
    String name,
    Kind kind,
    List<IndexPart> parts,
    String comment,
    boolean invisible,
    Map<String, String> options) {

  /** What an index is for. */
  public enum Kind {
    PRIMARY("PRIMARY KEY"),
    UNIQUE("UNIQUE KEY"),
    KEY("KEY"),
    FULLTEXT("FULLTEXT KEY"),
    SPATIAL("SPATIAL KEY");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }
  }

  public IndexDefinition {
    parts = List.copyOf(parts);
    options = OrderedMaps.copyOf(options);
  }

  /** Returns whether the index forbids two rows with equal parts. */
  public boolean isUnique() {
    return kind == Kind.PRIMARY || kind == Kind.UNIQUE;
  }

  /** Returns whether one of the parts is an expression. */
  public boolean isFunctional() {
    return parts.stream().anyMatch(IndexPart.Expression.class::isInstance);
  }

  /** Returns the names of the columns, in order, without the parts that are expressions. */
  public List<String> columnNames() {
    return parts.stream()
        .filter(IndexPart.Column.class::isInstance)
        .map(part -> ((IndexPart.Column) part).name())
        .toList();
  }

  IndexDefinition withName(String newName) {
    return new IndexDefinition(newName, kind, parts, comment, invisible, options);
  }

  IndexDefinition withInvisible(boolean newInvisible) {
    return new IndexDefinition(name, kind, parts, comment, newInvisible, options);
  }

  IndexDefinition withParts(List<IndexPart> newParts) {
    return new IndexDefinition(name, kind, newParts, comment, invisible, options);
  }

  IndexDefinition withOptions(Map<String, String> newOptions) {
    return new IndexDefinition(name, kind, parts, comment, invisible, newOptions);
  }
}
