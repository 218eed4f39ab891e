package io.obconnect.source;

import io.debezium.data.Envelope;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.obconnect.model.ExactHeader;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Tells in a record's header what the record's fields cannot hold: takes the rows of an event
 * before Debezium makes records of them, and marks the records. Records of other rows stay as they
 * are. Used by the thread of the binlog client.
 */
final class ExactValues {
  private static final String ROW = "row";

  /** What stands in a text for bytes that could not be decoded. */
  static final char REPLACEMENT = '\uFFFD';

  /** One row of an event, before or after the change. */
  private record Image(List<Serializable[]> rows, Map<Integer, Map<String, String>> found) {
    private static Image of(List<Serializable[]> rows, ExactTable table) {
      Image image = new Image(rows, new HashMap<>());
      for (int i = 0; i < rows.size(); i++) {
        image.takeOut(i, rows.get(i), table);
      }
      return image;
    }

    private void takeOut(int number, Serializable[] row, ExactTable table) {
      for (int i = 0; i < row.length; i++) {
        if (row[i] instanceof InexactValue value) {
          row[i] = value.plain();
          // Debezium refuses rows of another length by itself.
          if (i < table.fields().size()) {
            table.fields().get(i).ifPresent(field -> add(number, field, value.exact()));
          }
        }
      }
    }

    private void add(int row, String field, String exact) {
      found.computeIfAbsent(row, r -> new HashMap<>()).put(field, exact);
    }
  }

  private final Function<Table, ExactTable> lookAt;
  private final Map<TableId, ExactTable> tables = new HashMap<>();
  private ExactTable current;
  private Image before;
  private Image after;

  /**
   * Knows no rows yet.
   *
   * @param lookAt finds out about a table; asked once for each of its definitions
   */
  ExactValues(Function<Table, ExactTable> lookAt) {
    this.lookAt = Objects.requireNonNull(lookAt, "lookAt");
  }

  /**
   * Takes the rows of an event and gives them the values that Debezium expects.
   *
   * @param table null where nobody wants its rows
   * @param beforeRows null where the event has none
   * @param afterRows as before
   */
  void begin(Table table, List<Serializable[]> beforeRows, List<Serializable[]> afterRows) {
    end();
    if (table != null) {
      current = known(table);
      before = beforeRows == null ? null : Image.of(beforeRows, current);
      after = afterRows == null ? null : Image.of(afterRows, current);
    }
  }

  @SuppressWarnings("ReferenceEquality") // Debezium makes a new table for a new definition
  private ExactTable known(Table table) {
    ExactTable known = tables.get(table.id());
    if (known == null || known.table() != table) {
      known = lookAt.apply(table);
      tables.put(table.id(), known);
    }
    return known;
  }

  /** Forgets the rows: what comes now is not of them. */
  void end() {
    current = null;
    before = null;
    after = null;
  }

  /** Adds the header to a record of the event's rows that needs one. */
  SourceRecord mark(SourceRecord record) {
    if (current != null && record.value() instanceof Struct envelope) {
      header(envelope)
          .ifPresent(header -> record.headers().addString(ExactHeader.NAME, header.toString()));
    }
    return record;
  }

  private Optional<ExactHeader> header(Struct envelope) {
    // A snapshot's rows may come between the stream's.
    if (Envelope.Operation.READ.code().equals(envelope.getString(Envelope.FieldName.OPERATION))) {
      return Optional.empty();
    }
    int row = envelope.getStruct(Envelope.FieldName.SOURCE).getInt32(ROW);
    ExactHeader header = new ExactHeader();
    add(before, row, envelope.getStruct(Envelope.FieldName.BEFORE), header::addBefore);
    add(after, row, envelope.getStruct(Envelope.FieldName.AFTER), header::addAfter);
    return header.isEmpty() ? Optional.empty() : Optional.of(header);
  }

  private void add(Image image, int number, Struct shown, BiConsumer<String, String> header) {
    if (image == null || shown == null) {
      return;
    }
    image
        .found()
        .getOrDefault(number, Map.of())
        .forEach(
            (field, exact) -> {
              if (shown.schema().field(field) != null) {
                header.accept(field, exact);
              }
            });
    Serializable[] row = image.rows().get(number);
    for (ExactTable.Text text : current.texts()) {
      Field field = shown.schema().field(text.field());
      if (field != null
          && shown.get(field) instanceof String decoded
          && decoded.indexOf(REPLACEMENT) >= 0
          && row[text.index()] instanceof byte[] bytes) {
        header.accept(text.field(), text.exact(bytes));
      }
    }
  }
}
