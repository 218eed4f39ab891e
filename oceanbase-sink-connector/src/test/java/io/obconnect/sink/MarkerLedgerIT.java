package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.sink.MarkerLedger.Meeting;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class MarkerLedgerIT {
  private static final String DATABASE = "marker_ledger";
  private static final Meeting PASSED = new Meeting(true, List.of());

  private static Meeting reach(
      MarkerLedger ledger, Connection connection, String id, int partition, int partitions)
      throws SQLException {
    Meeting meeting =
        ledger.reach(connection, id, new TopicPartition("p.shop.t", partition), partitions);
    connection.commit();
    return meeting;
  }

  private static Meeting without(Integer... missing) {
    return new Meeting(false, List.of(missing));
  }

  @Test
  void partitionsMeetOnceAndPassForGood(MySqlServer mysql, OceanBaseServer oceanbase)
      throws SQLException {
    for (SqlEngine engine : List.of(mysql, oceanbase)) {
      try (Connection connection = engine.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("DROP DATABASE IF EXISTS " + DATABASE);
        statement.execute("CREATE DATABASE " + DATABASE);
        MarkerLedger ledger = new MarkerLedger("c", DATABASE);
        ledger.create(connection);
        connection.setAutoCommit(false);

        assertEquals(without(0, 2), reach(ledger, connection, "a", 1, 3));
        assertEquals(without(2), reach(ledger, connection, "a", 0, 3));
        assertEquals(without(2), reach(ledger, connection, "a", 1, 3), "it asks again");
        assertEquals(without(0, 1), reach(ledger, connection, "b", 2, 3), "another marker");
        assertEquals(without(0, 2), reach(new MarkerLedger("d", DATABASE), connection, "a", 1, 3));

        ledger.leave(connection, new TopicPartition("p.shop.t", 0));
        assertEquals(without(0), reach(ledger, connection, "a", 2, 3), "one has gone back");
        assertEquals(without(), reach(ledger, connection, "a", 0, 3));

        ledger.pass(connection, "a", "uuid:7");
        ledger.pass(connection, "a", "uuid:7");
        assertEquals(PASSED, reach(ledger, connection, "a", 0, 3));
        assertEquals(PASSED, reach(ledger, connection, "a", 3, 4), "of a partition added later");
        assertEquals(without(0, 1), reach(ledger, connection, "b", 2, 3));
      }
    }
  }
}
