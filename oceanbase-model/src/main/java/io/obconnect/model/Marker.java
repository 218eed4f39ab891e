package io.obconnect.model;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What this project's sources write between the changes of a table: how far they have come. It is
 * sent into every partition, in a header of a record that has neither key nor value: {@code
 * position=3e11fa47-71ca-11e1-9e33-c80aa9429562%3A23&ts_ms=1764000000000}, encoded like a form.
 *
 * @param position where the source's log has been read to: GTID, or file and position; may be empty
 * @param timestampMs everything that the source changed before this time has been sent before the
 *     marker; milliseconds since 1970 by the source's clock
 */
public record Marker(String position, long timestampMs) {

  /** The header's name. */
  public static final String HEADER = "__obconnect.marker";

  private static final String POSITION = "position";
  private static final String TIMESTAMP = "ts_ms";

  /** A marker. */
  public Marker {
    Objects.requireNonNull(position, "position");
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException when it is not of this form; the message does not quote it
   */
  public static Marker parse(String text) {
    Map<String, String> parts = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parts.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
      }
    }
    if (!parts.containsKey(POSITION)) {
      throw malformed();
    }
    try {
      return new Marker(parts.get(POSITION), Long.parseLong(parts.getOrDefault(TIMESTAMP, "")));
    } catch (NumberFormatException e) {
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "header "
            + HEADER
            + " tells no position and time; the source's header.converter has to leave texts as they"
            + " are, as SimpleHeaderConverter does");
  }

  private static String decode(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  /** The header's text. */
  @Override
  public String toString() {
    return POSITION
        + "="
        + URLEncoder.encode(position, StandardCharsets.UTF_8)
        + "&"
        + TIMESTAMP
        + "="
        + timestampMs;
  }
}
