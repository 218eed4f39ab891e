package io.obconnect.model;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * The header by which the sources tell the sink those values that a record's fields cannot hold:
 * {@code after.day=0000-00-00&before.name=_utf8mb4+x%27c281%27}, encoded like a form. Dates, points
 * in time and years are spelled as MySQL prints them, ENUM's error value is {@code 0}, and texts
 * are their bytes in hexadecimal behind their character set.
 *
 * <p>Not thread-safe.
 */
public final class ExactHeader {

  /** The header's name. */
  public static final String NAME = "__obconnect.exact";

  private static final String BEFORE = "before.";
  private static final String AFTER = "after.";

  private final Map<String, String> before = new LinkedHashMap<>();
  private final Map<String, String> after = new LinkedHashMap<>();

  /** A header without values. */
  public ExactHeader() {}

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException when it is not of this form; the message does not quote it
   */
  public static ExactHeader parse(String text) {
    ExactHeader header = new ExactHeader();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : decode(pair.substring(0, equals));
      String exact = decode(pair.substring(equals + 1));
      if (name.startsWith(BEFORE)) {
        header.addBefore(name.substring(BEFORE.length()), exact);
      } else if (name.startsWith(AFTER)) {
        header.addAfter(name.substring(AFTER.length()), exact);
      } else {
        throw new IllegalArgumentException(
            "header "
                + NAME
                + " names no value before or after the change; the source's header.converter has to"
                + " leave texts as they are, as SimpleHeaderConverter does");
      }
    }
    return header;
  }

  /** The exact form of a text, from its bytes in a character set, by MySQL's name for it. */
  public static String text(String charset, byte[] bytes) {
    return "_" + charset + " x'" + HexFormat.of().formatHex(bytes) + "'";
  }

  /** Adds a value of the row before the change. */
  public void addBefore(String field, String exact) {
    before.put(Objects.requireNonNull(field, "field"), Objects.requireNonNull(exact, "exact"));
  }

  /** Adds a value of the row after the change. */
  public void addAfter(String field, String exact) {
    after.put(Objects.requireNonNull(field, "field"), Objects.requireNonNull(exact, "exact"));
  }

  /** Values of the row before the change, by their fields. */
  public Map<String, String> before() {
    return Collections.unmodifiableMap(before);
  }

  /** Values of the row after the change, by their fields. */
  public Map<String, String> after() {
    return Collections.unmodifiableMap(after);
  }

  /** Whether there is nothing to be told. */
  public boolean isEmpty() {
    return before.isEmpty() && after.isEmpty();
  }

  /** The header's text. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner("&");
    before.forEach((field, exact) -> text.add(encode(BEFORE + field) + "=" + encode(exact)));
    after.forEach((field, exact) -> text.add(encode(AFTER + field) + "=" + encode(exact)));
    return text.toString();
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }

  private static String decode(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Its message quotes the value.
      throw new IllegalArgumentException("header " + NAME + " is not encoded like a form");
    }
  }
}
