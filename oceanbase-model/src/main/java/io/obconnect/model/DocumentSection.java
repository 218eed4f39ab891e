package io.obconnect.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a document between two lines, which is made of the code. For tests that hold the two
 * together: with {@code -Dreadme.update=true} they write it anew. One thread at a time.
 *
 * @param document below the project's root, the system property {@code obconnect.root}
 * @param begin the line before the part
 * @param end the line behind it
 */
public record DocumentSection(String document, String begin, String end) {
  /** What to tell whoever finds the document out of date. */
  public static final String HOW_TO_UPDATE =
      "run this test with -Dreadme.update=true to write the table anew";

  /** Returns the whole document. */
  public String text() throws IOException {
    return Files.readString(file(), StandardCharsets.UTF_8);
  }

  /**
   * Returns the whole document as it should be, and writes it if that was asked for.
   *
   * @param content for the part, with the line breaks around it
   * @throws AssertionError when the document lacks one of the lines
   */
  public String textWith(String content) throws IOException {
    String text = text();
    int from = text.indexOf(begin);
    int to = text.indexOf(end, Math.max(from, 0));
    if (from < 0 || to < 0) {
      throw new AssertionError(file() + " lacks the lines " + begin + " and " + end);
    }
    String updated = text.substring(0, from + begin.length()) + content + text.substring(to);
    if (Boolean.getBoolean("readme.update")) {
      Files.writeString(file(), updated, StandardCharsets.UTF_8);
    }
    return updated;
  }

  private Path file() {
    return Path.of(System.getProperty("obconnect.root", "..")).resolve(document);
  }
}
