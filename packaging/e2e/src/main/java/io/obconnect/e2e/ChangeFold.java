package io.obconnect.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a table becomes by the change events of its topic, as far as a fingerprint tells: a proof
 * that a source has sent every change, in the order of its key. One thread only.
 */
final class ChangeFold {
  private static final byte[] PAYLOAD = "\"payload\":".getBytes(StandardCharsets.US_ASCII);

  private final ObjectMapper json = new ObjectMapper();
  private final String fingerprint;
  private final Map<Long, Long> rows = new HashMap<>();

  /**
   * An empty table.
   *
   * @param fingerprint the column of {@link BenchTable#fingerprint()}
   */
  ChangeFold(String fingerprint) {
    this.fingerprint = Objects.requireNonNull(fingerprint, "fingerprint");
  }

  /** Begins with rows that were there before the first event, by their keys. */
  ChangeFold with(Map<Long, Long> initialRows) {
    rows.putAll(initialRows);
    return this;
  }

  /** Applies an event as a converter wrote it, with its schema before it or without one. */
  void accept(byte[] event) throws IOException {
    int payload = payload(event);
    // Ends with the payload: the brace behind it is not read.
    JsonNode envelope = json.readTree(event, payload, event.length - payload);
    JsonNode after = envelope.path("after");
    switch (envelope.path("op").asText()) {
      case "r", "c", "u" -> rows.put(number(after, "id"), number(after, fingerprint));
      case "d" -> rows.remove(number(envelope.path("before"), "id"));
      default -> throw new WrongResultException("an event is no change of a row");
    }
  }

  TableFingerprint result() {
    return new TableFingerprint(
        rows.size(), rows.values().stream().mapToLong(Long::longValue).sum());
  }

  /**
   * Compares with what the source has.
   *
   * @throws WrongResultException when it is something else
   */
  void requireEqual(String topic, TableFingerprint expected) {
    if (!result().equals(expected)) {
      throw new WrongResultException(topic + " makes " + result() + ", not " + expected);
    }
  }

  private static long number(JsonNode row, String column) {
    if (!row.path(column).canConvertToLong()) {
      throw new WrongResultException("an event lacks the column " + column);
    }
    return row.path(column).longValue();
  }

  /** Where the payload begins: reading the schema of each event would take most of the time. */
  private static int payload(byte[] event) {
    for (int i = 0; i + PAYLOAD.length < event.length; i++) {
      if (event[i] == '"'
          && ByteBuffer.wrap(event, i, PAYLOAD.length).equals(ByteBuffer.wrap(PAYLOAD))) {
        return i + PAYLOAD.length;
      }
    }
    return 0;
  }
}
