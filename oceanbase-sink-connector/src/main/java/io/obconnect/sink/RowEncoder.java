package io.obconnect.sink;

import io.obconnect.model.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Writes the rows of one record schema as SQL tuples for one table. Immutable; made once for a
 * schema, so that per row nothing is looked up by name.
 */
final class RowEncoder {
  private record Cell(Field field, DestinationColumn column, LiteralEncoder encoder) {}

  private final String table;
  private final List<Cell> cells;
  private final boolean operands;
  private final String columnList;

  private RowEncoder(TablePlan plan, List<Cell> cells, boolean operands) {
    this.operands = operands;
    this.table = plan.table().quoted();
    this.cells = List.copyOf(cells);
    this.columnList =
        String.join(
            ", ", cells.stream().map(cell -> SqlText.identifier(cell.column().name())).toList());
  }

  /**
   * Encodes all fields of the schema.
   *
   * @throws DataException when the destination lacks a field's column or cannot store its type
   */
  static RowEncoder ofRow(TablePlan plan, Schema schema) {
    List<Cell> cells = new ArrayList<>();
    for (Field field : schema.fields()) {
      DestinationColumn column =
          plan.column(field.name())
              .orElseThrow(
                  () ->
                      new DataException(
                          "table "
                              + plan.table().quoted()
                              + " has no column "
                              + SqlText.identifier(field.name())
                              + "; add it to the table and restart the task"));
      if (!column.generated()) {
        cells.add(cell(field, column));
      }
    }
    return new RowEncoder(plan, cells, false);
  }

  /**
   * Encodes the primary key only, in key order, to be compared with.
   *
   * @throws DataException when the schema lacks a key column
   */
  static RowEncoder ofKey(TablePlan plan, Schema schema) {
    List<Cell> cells = new ArrayList<>();
    for (DestinationColumn column : plan.rowKeyColumns()) {
      Field field =
          fieldOf(schema, column)
              .orElseThrow(
                  () ->
                      new DataException(
                          "the record lacks column "
                              + SqlText.identifier(column.name())
                              + " of the key of table "
                              + plan.table().quoted()));
      cells.add(cell(field, column));
    }
    return new RowEncoder(plan, cells, true);
  }

  /** Whether the schema has every column that the table's rows are found by. */
  static boolean coversKey(TablePlan plan, Schema schema) {
    return plan.rowKeyColumns().stream().allMatch(column -> fieldOf(schema, column).isPresent());
  }

  /** The field that goes to a column. */
  static Optional<Field> fieldOf(Schema schema, DestinationColumn column) {
    Field exact = schema.field(column.name());
    return exact != null
        ? Optional.of(exact)
        : schema.fields().stream()
            .filter(field -> field.name().equalsIgnoreCase(column.name()))
            .findFirst();
  }

  private static Cell cell(Field field, DestinationColumn column) {
    return new Cell(field, column, LiteralEncoders.of(field.schema(), column));
  }

  /** The columns in the order of {@link #appendTuple}, quoted and separated by commas. */
  String columnList() {
    return columnList;
  }

  /**
   * The assignments of ON DUPLICATE KEY UPDATE. Key columns are left out, unless a text can be
   * equal to the stored one and yet another.
   */
  String updateList(TablePlan plan) {
    return String.join(
        ", ",
        cells.stream()
            .map(Cell::column)
            .filter(column -> isUpdated(plan, column))
            .map(column -> SqlText.identifier(column.name()))
            .map(name -> name + "=VALUES(" + name + ")")
            .toList());
  }

  private static boolean isUpdated(TablePlan plan, DestinationColumn column) {
    return column.foldsLetters() || !plan.rowKey().contains(DestinationColumn.fold(column.name()));
  }

  /**
   * Appends {@code c1=v1,c2=v2,..} for the columns of {@link #updateList}.
   *
   * @throws DataException as {@link #appendTuple}
   */
  void appendAssignments(StringBuilder sql, TablePlan plan, Struct row) {
    String separator = "";
    for (Cell cell : cells) {
      if (isUpdated(plan, cell.column())) {
        sql.append(separator).append(SqlText.identifier(cell.column().name())).append('=');
        append(sql, cell, row, operands);
        separator = ",";
      }
    }
  }

  /**
   * Appends a condition that holds for the rows that are equal to this one in every column.
   *
   * @throws DataException as {@link #appendTuple}
   */
  void appendMatch(StringBuilder sql, Struct row) {
    String separator = "";
    for (Cell cell : cells) {
      String name = SqlText.identifier(cell.column().name());
      sql.append(separator).append(cell.column().exactly(name)).append(" <=> ");
      // A JSON value is never equal to the text that it is written as.
      boolean json = cell.column().holdsJson();
      sql.append(json ? "CAST(" : "");
      append(sql, cell, row, true);
      sql.append(json ? " AS JSON)" : "");
      separator = " AND ";
    }
  }

  /**
   * Appends {@code (v1,v2,..)}. Nulls stay null: a schema's default never replaces them
   * (KAFKA-8713).
   *
   * @throws DataException when a value is not of its type's form; the message does not hold it
   */
  void appendTuple(StringBuilder sql, Struct row) {
    char separator = '(';
    for (Cell cell : cells) {
      sql.append(separator);
      append(sql, cell, row, operands);
      separator = ',';
    }
    sql.append(')');
  }

  private void append(StringBuilder sql, Cell cell, Struct row, boolean operand) {
    try {
      Object value = row.getWithoutDefault(cell.field().name());
      if (operand && value != null) {
        cell.encoder().appendOperand(sql, value);
      } else {
        cell.encoder().append(sql, value);
      }
    } catch (RuntimeException e) {
      // Neither its message nor the exception itself is kept: they quote the value.
      String type = Objects.requireNonNullElse(cell.field().schema().name(), "its type");
      throw new DataException(
          "table "
              + table
              + ": the value of column "
              + SqlText.identifier(cell.column().name())
              + " is not of the form of "
              + type
              + " ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }
}
