package io.obconnect.sink;

import io.obconnect.model.ExactValue;
import io.obconnect.model.SqlText;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Reads the row's key from records of one schema. Immutable. */
final class KeyEncoder {
  private record Cell(Field field, TextFold fold) {}

  private final RowEncoder encoder;
  private final List<Cell> cells;
  private final boolean folds;
  private final int tableHash;

  /**
   * An encoder for one schema.
   *
   * @throws DataException when the schema lacks a key column
   */
  KeyEncoder(TablePlan plan, Schema schema) {
    this.encoder = RowEncoder.ofKey(plan, schema);
    List<Cell> found = new ArrayList<>();
    for (DestinationColumn column : plan.rowKeyColumns()) {
      Field field = RowEncoder.fieldOf(schema, column).orElseThrow();
      found.add(new Cell(field, column.textFold()));
    }
    this.cells = List.copyOf(found);
    this.tableHash = RowKey.tableHash(plan.table());
    this.folds = cells.stream().anyMatch(cell -> cell.fold() != TextFold.NONE);
  }

  RowKey encode(Struct struct) {
    StringBuilder sql = new StringBuilder();
    encoder.appendTuple(sql, struct);
    String text = sql.toString();
    return new RowKey(text, RowKey.hash(tableHash, folds ? folded(struct) : text));
  }

  private String folded(Struct struct) {
    StringBuilder text = new StringBuilder();
    for (Cell cell : cells) {
      Object value = ExactValue.comparable(struct.getWithoutDefault(cell.field().name()));
      String plain = String.valueOf(value);
      text.append(SqlText.identifier(value instanceof String ? cell.fold().fold(plain) : plain));
    }
    return text.toString();
  }

  /** Whether two rows of this schema have the same key, by their exact values. */
  boolean sameKey(Struct one, Struct other) {
    for (Cell cell : cells) {
      Object left = one.getWithoutDefault(cell.field().name());
      Object right = other.getWithoutDefault(cell.field().name());
      if (!java.util.Objects.deepEquals(left, right)) {
        return false;
      }
    }
    return true;
  }
}
