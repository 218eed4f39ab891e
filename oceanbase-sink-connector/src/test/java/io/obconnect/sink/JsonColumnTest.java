package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.model.SqlText;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

class JsonColumnTest {
  private static final String LONG = "-1.9670239686965942";

  @Test
  void onlyJsonColumnsOfOceanBaseGetCalls() {
    Schema json = SchemaBuilder.string().name("io.debezium.data.Json").build();
    String call = "CAST(-1.9670239686965942E0 AS JSON)";
    assertEquals(call, encode(json, "json", Engine.OCEANBASE));
    assertEquals(call, encode(Schema.STRING_SCHEMA, "json", Engine.OCEANBASE));
    assertEquals(SqlText.literal(LONG), encode(json, "json", Engine.MYSQL));
    assertEquals(SqlText.literal(LONG), encode(json, "longtext", Engine.OCEANBASE));
  }

  private static String encode(Schema schema, String dataType, Engine engine) {
    StringBuilder sql = new StringBuilder();
    DestinationColumn column = new DestinationColumn("j", dataType, false, false, "", engine);
    LiteralEncoders.of(schema, column).append(sql, LONG);
    return sql.toString();
  }
}
