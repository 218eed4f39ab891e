package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class WatermarkLedgerIT {
  private static final String DATABASE = "watermark_ledger";
  private static final TopicPartition BUSY = new TopicPartition("p.shop.orders", 0);
  private static final TopicPartition RARE = new TopicPartition("p.shop.rare", 0);
  private static final TopicPartition NEW = new TopicPartition("p.shop.new", 0);

  private final WatermarkLedger ledger = new WatermarkLedger("c", DATABASE);

  private static SourcePosition at(long timestampMs) {
    return new SourcePosition("gtid:" + timestampMs, timestampMs);
  }

  /** Low time, position and topic, high time and position, number of partitions. */
  private static List<String> watermarks(Connection connection) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT low_source_ts_ms, low_source_position, low_topic, high_source_ts_ms,"
                    + " high_source_position, partitions, low_since IS NOT NULL FROM "
                    + DATABASE
                    + ".watermarks WHERE connector = 'c'")) {
      row.next();
      for (int i = 1; i <= 7; i++) {
        values.add(String.valueOf(row.getString(i)));
      }
    }
    connection.commit();
    return values;
  }

  private static List<String> expected(
      SourcePosition low, String topic, SourcePosition high, int n) {
    return List.of(
        String.valueOf(low.timestampMs()),
        low.text(),
        topic,
        String.valueOf(high.timestampMs()),
        high.text(),
        String.valueOf(n),
        "1");
  }

  @Test
  void lowWatermarkNeverGoesBackUnlessOffsetsAreAltered(
      MySqlServer mysql, OceanBaseServer oceanBase) throws Exception {
    for (SqlEngine engine : List.of(mysql, oceanBase)) {
      try (Connection connection = engine.connect()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("DROP DATABASE IF EXISTS " + DATABASE);
          statement.execute("CREATE DATABASE " + DATABASE);
        }
        ledger.create(connection);
        ledger.create(connection);
        connection.setAutoCommit(false);
        scenario(connection);
      }
    }
  }

  private void scenario(Connection connection) throws SQLException {
    // Unknown until all partitions have come to something.
    assertEquals(
        Map.of(BUSY, SourcePosition.UNKNOWN, RARE, SourcePosition.UNKNOWN),
        ledger.join(connection, List.of(BUSY, RARE)).positions());
    assertEquals(at(500), ledger.move(connection, Map.of(BUSY, at(500))));
    assertEquals("null", watermarks(connection).get(0));

    ledger.move(connection, Map.of(RARE, at(300)));
    assertEquals(expected(at(300), RARE.topic(), at(500), 2), watermarks(connection));

    // A former owner is late.
    assertEquals(at(500), ledger.move(connection, Map.of(BUSY, at(450), RARE, at(200))));
    assertEquals(expected(at(300), RARE.topic(), at(500), 2), watermarks(connection));

    // A new table joins at the low watermark, and holds it there.
    WatermarkLedger.Reading reading = ledger.join(connection, List.of(NEW, RARE));
    assertEquals(Map.of(NEW, at(300), RARE, at(300)), reading.positions());
    assertEquals(at(500), reading.newest());
    ledger.move(connection, Map.of(RARE, at(500), BUSY, at(600)));
    assertEquals(expected(at(300), NEW.topic(), at(600), 3), watermarks(connection));

    // Offsets that are altered make changes come again.
    ledger.reset(connection, BUSY);
    connection.commit();
    assertEquals(List.of("null", "", BUSY.topic()), watermarks(connection).subList(0, 3));
  }
}
