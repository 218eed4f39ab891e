package io.obconnect.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A change event as JSON with schemas; the value is null in a tombstone. */
record TopicRecord(long offset, JsonNode key, JsonNode value, Map<String, String> headers) {
  String operation() {
    return payload().path("op").asText();
  }

  /** The row before a change: null for an insert. */
  JsonNode before() {
    return payload().path("before");
  }

  /** The row after a change: null for a delete. */
  JsonNode after() {
    return payload().path("after");
  }

  /** The row after a change, or before a delete. */
  JsonNode row() {
    return after().isNull() ? before() : after();
  }

  /** The schema of a column. */
  JsonNode columnSchema(String column) {
    for (JsonNode field : value.path("schema").path("fields")) {
      if (field.path("field").asText().equals("after")) {
        for (JsonNode each : field.path("fields")) {
          if (each.path("field").asText().equals(column)) {
            return each;
          }
        }
      }
    }
    throw new AssertionError("no column " + column + " in the schema");
  }

  private JsonNode payload() {
    return value.path("payload");
  }
}
