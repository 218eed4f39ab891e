package io.obconnect.model;

import java.util.Map;
import java.util.Optional;

/**
 * A column of a table.
 *
 * @param nullable false for NOT NULL and for columns of the primary key
 * @param onUpdate expression of ON UPDATE, such as {@code CURRENT_TIMESTAMP(3)}
 * @param comment the comment, unescaped; empty if there is none
 * @param invisible whether {@code SELECT *} leaves the column out
 * @param options further attributes, upper case name to value as written (COLUMN_FORMAT, STORAGE)
 */
public record ColumnDefinition(
    String name,
    ColumnType type,
    boolean nullable,
    ColumnDefault defaultValue,
    Optional<String> onUpdate,
    boolean autoIncrement,
    String comment,
    boolean invisible,
    Optional<GeneratedValue> generated,
    Map<String, String> options) {

  public ColumnDefinition {
    options = OrderedMaps.copyOf(options);
  }

  ColumnDefinition withName(String newName) {
    return new ColumnDefinition(
        newName,
        type,
        nullable,
        defaultValue,
        onUpdate,
        autoIncrement,
        comment,
        invisible,
        generated,
        options);
  }

  ColumnDefinition withType(ColumnType newType) {
    return new ColumnDefinition(
        name,
        newType,
        nullable,
        defaultValue,
        onUpdate,
        autoIncrement,
        comment,
        invisible,
        generated,
        options);
  }

  ColumnDefinition withDefault(ColumnDefault newDefault) {
    return new ColumnDefinition(
        name,
        type,
        nullable,
        newDefault,
        onUpdate,
        autoIncrement,
        comment,
        invisible,
        generated,
        options);
  }

  ColumnDefinition withNullable(boolean newNullable) {
    return new ColumnDefinition(
        name,
        type,
        newNullable,
        defaultValue,
        onUpdate,
        autoIncrement,
        comment,
        invisible,
        generated,
        options);
  }

  ColumnDefinition withGenerated(Optional<GeneratedValue> newGenerated) {
    return new ColumnDefinition(
        name,
        type,
        nullable,
        defaultValue,
        onUpdate,
        autoIncrement,
        comment,
        invisible,
        newGenerated,
        options);
  }

  ColumnDefinition withOptions(Map<String, String> newOptions) {
    return new ColumnDefinition(
        name,
        type,
        nullable,
        defaultValue,
        onUpdate,
        autoIncrement,
        comment,
        invisible,
        generated,
        newOptions);
  }

  ColumnDefinition withInvisible(boolean newInvisible) {
    return new ColumnDefinition(
        name,
        type,
        nullable,
        defaultValue,
        onUpdate,
        autoIncrement,
        comment,
        newInvisible,
        generated,
        options);
  }
}
