package io.obconnect.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes on the dump of one table, with MySQL's default collation, which OceanBase lacks, replaced
 * in the table's definition. The rows after it are passed on as they are, at the price of a copy.
 */
final class DumpRewriter {
  private static final String MYSQL_COLLATION = "utf8mb4_0900_ai_ci";
  private static final String OCEANBASE_COLLATION = "utf8mb4_general_ci";
  private static final String FIRST_ROW = "\nINSERT INTO ";
  private static final int BUFFER_BYTES = 256 * 1024;

  private DumpRewriter() {}

  /** Copies until the input ends; closes neither stream. */
  static void copy(InputStream dump, OutputStream target) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    String head = head(dump, buffer);
    int rows = head.indexOf(FIRST_ROW);
    int end = rows < 0 ? head.length() : rows;
    String definition = definition(head.substring(0, end));
    // One byte is one character here and there, so nothing is lost whatever the encoding is.
    target.write((definition + head.substring(end)).getBytes(StandardCharsets.ISO_8859_1));
    for (int read = dump.read(buffer); read >= 0; read = dump.read(buffer)) {
      target.write(buffer, 0, read);
    }
    target.flush();
  }

  /** A definition that OceanBase takes. */
  static String definition(String mysql) {
    return mysql.replace(MYSQL_COLLATION, OCEANBASE_COLLATION);
  }

  /** Everything up to the first row, and somewhat more. */
  private static String head(InputStream dump, byte[] buffer) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int read = dump.read(buffer); read >= 0; read = dump.read(buffer)) {
      head.write(buffer, 0, read);
      String text = head.toString(StandardCharsets.ISO_8859_1);
      if (text.contains(FIRST_ROW)) {
        return text;
      }
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }
}
