package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a table holds after all changes of a topic, each of which has to fit what is there. */
final class RecordReplay {
  private final Map<String, List<String>> rows = new TreeMap<>();

  /** The rows by their first column. Records of a snapshot may repeat what is there. */
  static Map<String, List<String>> of(List<TopicRecord> records) {
    RecordReplay replay = new RecordReplay();
    records.stream().filter(record -> !record.value().isNull()).forEach(replay::apply);
    return replay.rows;
  }

  private void apply(TopicRecord record) {
    List<String> before = row(record.before());
    List<String> after = row(record.after());
    String at = "at offset " + record.offset();
    if (before != null) {
      List<String> held = rows.remove(before.get(0));
      assertNotNull(held, () -> "a change of a row that is not there " + at);
      // A column that came later is not in older rows.
      assertEquals(held, before.subList(0, held.size()), at);
    } else if (record.operation().equals("c")) {
      assertNull(rows.get(after.get(0)), at);
    }
    if (after != null) {
      rows.put(after.get(0), after);
    }
  }

  private static List<String> row(JsonNode image) {
    if (image.isNull() || image.isMissingNode()) {
      return null;
    }
    List<String> values = new ArrayList<>();
    image.forEach(value -> values.add(value.isNull() ? "null" : value.asText()));
    return values;
  }
}
