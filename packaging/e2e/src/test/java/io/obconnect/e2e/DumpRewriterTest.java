package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DumpRewriterTest {

  @Test
  void aRowThatMentionsTheCollationIsNotRewritten() throws IOException {
    String rows = "\nINSERT INTO `t` VALUES ('COLLATE=utf8mb4_0900_ai_ci');\n";

    assertEquals(
        "CREATE TABLE `t` (a TEXT) COLLATE=utf8mb4_general_ci;" + rows,
        text(rewritten(bytes("CREATE TABLE `t` (a TEXT) COLLATE=utf8mb4_0900_ai_ci;" + rows))));
  }

  @Test
  void anEmptyTableIsRewritten() throws IOException {
    assertEquals(
        "COLLATE=utf8mb4_general_ci", text(rewritten(bytes("COLLATE=utf8mb4_0900_ai_ci"))));
  }

  @Test
  void everyByteSurvivesAlsoWhatIsNoUtf8() throws IOException {
    byte[] dump = Arrays.copyOf(bytes("x\nINSERT INTO "), 2_000_000);
    for (int i = 20; i < dump.length; i++) {
      dump[i] = (byte) (i * 31);
    }

    assertArrayEquals(dump, rewritten(dump));
  }

  @Test
  void aDefinitionThatArrivesInPiecesIsRewritten() throws IOException {
    byte[] dump = bytes("COLLATE=utf8mb4_0900_ai_ci;\nINSERT INTO `t` VALUES (1);");
    ByteArrayOutputStream target = new ByteArrayOutputStream();

    DumpRewriter.copy(byteByByte(dump), target);

    assertEquals(
        "COLLATE=utf8mb4_general_ci;\nINSERT INTO `t` VALUES (1);", text(target.toByteArray()));
  }

  private static InputStream byteByByte(byte[] content) {
    return new ByteArrayInputStream(content) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(1, length));
      }
    };
  }

  private static byte[] rewritten(byte[] dump) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    DumpRewriter.copy(new ByteArrayInputStream(dump), target);
    return target.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
