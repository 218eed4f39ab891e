package io.obconnect.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, however large the file is. */
final class LogTail {
  static final int MAX_LINES = 30;
  private static final int MAX_BYTES = 64 * 1024;

  private LogTail() {}

  /** The last {@value #MAX_LINES} lines; a file that cannot be read is said so in their place. */
  static String of(Path log) {
    if (!Files.exists(log)) {
      return "(no log was written)";
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - MAX_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      return lastLines(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "(the log cannot be read: " + e.getMessage() + ")";
    }
  }

  static String lastLines(String text) {
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
  }
}
