package io.obconnect.model;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Reads rows of one Connect schema as a {@link RowFilter} wants them. What becomes of a field is
 * decided once, when the reader is made, so that per row nothing is found out from schemas. Fields
 * that the filter does not name may be of any type.
 *
 * <p>Immutable; any thread may use it.
 */
final class ConnectRowValues {

  /** Debezium's default for what the source's log does not hold. */
  private static final String UNAVAILABLE = "__debezium_unavailable_value";

  private record Cell(Field field, ConnectValueConverter converter) {}

  private final Map<String, Cell> cells = new HashMap<>();
  private final Set<String> missing;

  /**
   * A reader of the columns that a filter names.
   *
   * @param columns of the filter, in any case
   * @param unsigned whether a column is an unsigned BIGINT that the source may have wrapped to
   *     negative numbers
   * @throws RowFilterException when a column's type has no form that a filter could read
   */
  ConnectRowValues(Schema schema, Set<String> columns, Predicate<String> unsigned) {
    Map<String, Field> fields = new HashMap<>();
    schema.fields().forEach(field -> fields.putIfAbsent(fold(field.name()), field));
    for (String column : columns) {
      Field field = fields.get(fold(column));
      if (field != null) {
        cells.put(column, cell(field, unsigned));
        cells.put(fold(column), cells.get(column));
      }
    }
    this.missing =
        columns.stream()
            .filter(column -> !fields.containsKey(fold(column)))
            .map(SqlText::identifier)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static Cell cell(Field field, Predicate<String> unsigned) {
    return new Cell(field, ConnectValueConverter.of(field, unsigned.test(field.name())));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The columns of the filter that rows of this schema do not have, quoted. */
  Set<String> missing() {
    return missing;
  }

  /**
   * What is known of a row before or after a change: nothing if it lacks a column of the filter, or
   * if the source's log did not hold one.
   */
  RowImage image(Struct row) {
    boolean known = missing.isEmpty() && cells.values().stream().noneMatch(c -> isLost(c, row));
    return known ? new RowImage.Present(column -> value(row, column)) : new RowImage.Unknown();
  }

  private static boolean isLost(Cell cell, Struct row) {
    Object value = row.getWithoutDefault(cell.field().name());
    return ConnectValueConverter.isText(value, UNAVAILABLE);
  }

  private Object value(Struct row, String column) {
    Cell cell = cells.get(column);
    if (cell == null) {
      cell = cells.get(fold(column));
    }
    if (cell == null) {
      throw new IllegalArgumentException("the row has no column " + SqlText.identifier(column));
    }
    // Nulls stay null: a schema's default never replaces them (KAFKA-8713).
    Object value = row.getWithoutDefault(cell.field().name());
    try {
      return value == null ? null : cell.converter().convert(value);
    } catch (RuntimeException e) {
      // Neither its message nor the exception itself is kept: they quote the value.
      throw new DataException(
          "row filter: the value of column "
              + SqlText.identifier(cell.field().name())
              + " is not of the form of its type ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }
}
