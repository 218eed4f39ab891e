package io.obconnect.model;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A foreign key.
 *
 * @param name the constraint's name; empty if the server is to choose it
 * @param indexName the name of the index that MySQL creates if none fits; empty if not given
 * @param parent the table referred to
 * @param parentColumns its columns, in the order of {@code columns}
 * @param rules what follows, as written: MATCH, ON DELETE and ON UPDATE
 */
public record ForeignKey(
    String name,
    String indexName,
    List<String> columns,
    TableId parent,
    List<String> parentColumns,
    String rules) {

  public ForeignKey {
    columns = List.copyOf(columns);
    parentColumns = List.copyOf(parentColumns);
  }

  ForeignKey withName(String newName) {
    return new ForeignKey(newName, indexName, columns, parent, parentColumns, rules);
  }

  ForeignKey withParent(UnaryOperator<TableId> mapping) {
    return new ForeignKey(name, indexName, columns, mapping.apply(parent), parentColumns, rules);
  }

  ForeignKey withColumns(UnaryOperator<String> mapping) {
    return new ForeignKey(
        name, indexName, columns.stream().map(mapping).toList(), parent, parentColumns, rules);
  }

  ForeignKey withParentColumns(UnaryOperator<String> mapping) {
    return new ForeignKey(
        name, indexName, columns, parent, parentColumns.stream().map(mapping).toList(), rules);
  }

  /** Returns the key as an element of CREATE TABLE. */
  public String render() {
    return (name.isEmpty() ? "" : "CONSTRAINT " + SqlText.identifier(name) + " ")
        + "FOREIGN KEY "
        + (indexName.isEmpty() ? "" : SqlText.identifier(indexName) + " ")
        + names(columns)
        + " REFERENCES "
        + parent.quoted()
        + " "
        + names(parentColumns)
        + (rules.isEmpty() ? "" : " " + rules);
  }

  private static String names(List<String> columns) {
    return columns.stream().map(SqlText::identifier).collect(Collectors.joining(", ", "(", ")"));
  }
}
