package io.obconnect.source;

import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.obconnect.model.ExactHeader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What has to be known of a table to tell its values exactly. Immutable.
 *
 * @param table as it is read now
 * @param fields the name of each column's field; empty where the record does not show the column's
 *     value, but something in its place
 * @param texts the columns whose texts are decoded by their character set
 */
record ExactTable(Table table, List<Optional<String>> fields, List<Text> texts) {
  private static final String LATIN1 = "latin1";
  private static final String UTF8MB4 = "utf8mb4";
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** A column of texts. */
  record Text(int index, String field, String charset) {
    Text {
      Objects.requireNonNull(field, "field");
      Objects.requireNonNull(charset, "charset");
    }

    /** The text of these bytes as {@link ExactHeader} spells it, in Unicode where that is known. */
    String exact(byte[] bytes) {
      return charset.equals(LATIN1)
          ? ExactHeader.text(UTF8MB4, latin1(bytes).getBytes(StandardCharsets.UTF_8))
          : ExactHeader.text(charset, bytes);
    }

    /** To MySQL the five bytes that windows-1252 lacks stand for themselves. */
    private static String latin1(byte[] bytes) {
      char[] text = new String(bytes, WINDOWS_1252).toCharArray();
      for (int i = 0; i < text.length; i++) {
        if (text[i] == ExactValues.REPLACEMENT) {
          text[i] = (char) (bytes[i] & 0xff);
        }
      }
      return String.valueOf(text);
    }
  }

  ExactTable {
    Objects.requireNonNull(table, "table");
    fields = List.copyOf(fields);
    texts = List.copyOf(texts);
  }

  /**
   * Looks at a table.
   *
   * @param shown whether records show a column's values; one that is masked must not be told
   * @param names gives a column's field its name
   */
  static ExactTable of(Table table, Predicate<Column> shown, Function<Column, String> names) {
    List<Column> columns = table.columns();
    List<Optional<String>> fields =
        columns.stream().map(column -> Optional.of(column).filter(shown).map(names)).toList();
    List<Text> texts =
        IntStream.range(0, columns.size())
            .filter(i -> fields.get(i).isPresent() && isText(columns.get(i)))
            .mapToObj(i -> new Text(i, fields.get(i).orElseThrow(), columns.get(i).charsetName()))
            .toList();
    return new ExactTable(table, fields, texts);
  }

  private static boolean isText(Column column) {
    return column.charsetName() != null
        && switch (column.jdbcType()) {
          case Types.CHAR,
              Types.VARCHAR,
              Types.LONGVARCHAR,
              Types.CLOB,
              Types.NCHAR,
              Types.NVARCHAR,
              Types.LONGNVARCHAR,
              Types.NCLOB ->
              true;
          default -> false;
        };
  }
}
