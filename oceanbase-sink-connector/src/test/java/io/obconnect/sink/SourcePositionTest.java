package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class SourcePositionTest {
  private static final Schema ORACLE =
      SchemaBuilder.struct()
          .field("ts_ms", Schema.INT64_SCHEMA)
          .field("scn", Schema.OPTIONAL_STRING_SCHEMA)
          .field("commit_scn", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  /** Oracle's connector writes it as a text. */
  @Test
  void systemChangeNumber() {
    Struct source = new Struct(ORACLE).put("ts_ms", 5L).put("scn", "18446744073709551616");
    assertEquals(
        new SourcePosition("18446744073709551616", 5),
        SourcePosition.of(source.put("commit_scn", "7")));
  }

  @Test
  void systemChangeNumberWithoutSchema() {
    assertEquals(
        new SourcePosition("1234", 5), SourcePosition.of(Map.of("ts_ms", 5L, "scn", 1234L)));
  }

  @Test
  void missingSystemChangeNumberLeavesFileAndPosition() {
    Map<String, Object> source = new HashMap<>(Map.of("file", "binlog.3", "pos", 4L));
    source.put("scn", null);
    assertEquals("binlog.3:4", SourcePosition.of(source).text());
    assertEquals("", SourcePosition.of(new Struct(ORACLE).put("ts_ms", 5L)).text());
  }

  @Test
  void transactionIdentifierGoesBeforeFileAndPosition() {
    assertEquals(
        "a:7", SourcePosition.of(Map.of("gtid", "a:7", "file", "binlog.3", "pos", 4L)).text());
  }
}
