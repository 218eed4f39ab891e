package io.obconnect.model;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What this project's sources write between the changes of a table: how far they have come, and
 * what happened to the table as a whole. It is sent into every partition, in a header of a record
 * that has neither key nor value: {@code
 * position=3e11fa47-71ca-11e1-9e33-c80aa9429562%3A23&ts_ms=1764000000000}, encoded like a form.
 *
 * @param position where the source's log has been read to: GTID, or file and position; may be empty
 * @param timestampMs everything that the source changed before this time has been sent before the
 *     marker; milliseconds since 1970 by the source's clock
 * @param barrier what has to be in order with all rows of a table, empty where only time has passed
 */
public record Marker(String position, long timestampMs, Optional<Barrier> barrier) {

  /**
   * All rows of a table were removed here. The same place, time and table make the same barrier,
   * also when a source repeats itself after a restart.
   *
   * @param partitions how many partitions of the table's topic have it
   * @param serverId of the server that wrote the log
   * @param file of the log
   * @param offset in the file
   */
  public record Barrier(TableId table, int partitions, long serverId, String file, long offset) {
    /** A barrier. */
    public Barrier {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(file, "file");
    }

    private static Barrier of(Map<String, String> parts) {
      return new Barrier(
          new TableId(parts.get(DATABASE), parts.get(TABLE)),
          Integer.parseInt(parts.get(PARTITIONS)),
          Long.parseLong(parts.get(SERVER)),
          parts.get(FILE),
          Long.parseLong(parts.get(OFFSET)));
    }

    private Map<String, Object> parts() {
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put(KIND, TRUNCATE);
      parts.put(DATABASE, table.database());
      parts.put(TABLE, table.table());
      parts.put(PARTITIONS, partitions);
      parts.put(SERVER, serverId);
      parts.put(FILE, file);
      parts.put(OFFSET, offset);
      return parts;
    }
  }

  /** The header's name. */
  public static final String HEADER = "__obconnect.marker";

  private static final String POSITION = "position";
  private static final String TIMESTAMP = "ts_ms";
  private static final String KIND = "kind";
  private static final String TRUNCATE = "truncate";
  private static final String DATABASE = "database";
  private static final String TABLE = "table";
  private static final String PARTITIONS = "partitions";
  private static final String SERVER = "server_id";
  private static final String FILE = "file";
  private static final String OFFSET = "pos";

  /** A marker. */
  public Marker {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(barrier, "barrier");
  }

  /** A marker of nothing but the time. */
  public static Marker ofTime(String position, long timestampMs) {
    return new Marker(position, timestampMs, Optional.empty());
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
    try {
      String kind = parts.get(KIND);
      if (kind != null && !kind.equals(TRUNCATE)) {
        throw malformed();
      }
      return new Marker(
          parts.get(POSITION),
          Long.parseLong(parts.get(TIMESTAMP)),
          Optional.ofNullable(kind).map(known -> Barrier.of(parts)));
    } catch (NumberFormatException | NullPointerException e) {
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "header "
            + HEADER
            + " is not one that this version knows; the source's header.converter has to leave texts as they"
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
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put(POSITION, position);
    parts.put(TIMESTAMP, timestampMs);
    barrier.ifPresent(given -> parts.putAll(given.parts()));
    StringJoiner text = new StringJoiner("&");
    parts.forEach(
        (name, value) ->
            text.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8)));
    return text.toString();
  }
}
