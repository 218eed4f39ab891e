package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DatabaseConnector;
import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Neither engine shows its memory by itself; that is found out by asking, and harms nothing. */
@ExtendWith(LocalStackExtension.class)
class DestinationExaminerIT {

  private static DestinationSession session(SqlEngine engine) {
    OceanBaseSinkConfig config =
        new OceanBaseSinkConfig(
            Map.of(
                "connection.addresses", engine.address(),
                "connection.username", engine.user(),
                "connection.password", engine.password()));
    return new DestinationSession(
        new DatabaseConnector(config.connection()),
        new OffsetLedger("examiner", "obconnect"),
        true,
        connection -> {});
  }

  private static void assertExamined(SqlEngine engine, Engine expected) throws SQLException {
    try (DestinationSession session = session(engine)) {
      DestinationExaminer examiner = new DestinationExaminer(session);
      DestinationFacts facts = examiner.examine();
      assertEquals(expected, facts.profile().engine());
      assertTrue(facts.memstore().isEmpty());
      assertEquals(facts, examiner.examine(), "the connection is usable after the refusal");
    }
  }

  @Test
  void oceanBaseWithoutMemoryViews(OceanBaseServer oceanBase) throws SQLException {
    assertExamined(oceanBase, Engine.OCEANBASE);
  }

  @Test
  void mysql(MySqlServer mysql) throws SQLException {
    assertExamined(mysql, Engine.MYSQL);
  }

  /** With the columns that OceanBase 4 has, a row for each server and tenant. */
  @Test
  void fullestServerOfTheMemoryView(MySqlServer mysql) throws SQLException {
    try (Connection owner = mysql.connect();
        Statement statement = owner.createStatement();
        DestinationSession session = session(mysql)) {
      statement.execute("CREATE DATABASE oceanbase");
      try {
        statement.execute(
            "CREATE TABLE oceanbase.`GV$OB_MEMSTORE` (SVR_IP VARCHAR(46), SVR_PORT BIGINT,"
                + " TENANT_ID BIGINT, ACTIVE_SPAN BIGINT, FREEZE_TRIGGER BIGINT, FREEZE_CNT BIGINT,"
                + " MEMSTORE_USED BIGINT, MEMSTORE_LIMIT BIGINT)");
        DestinationExaminer examiner = new DestinationExaminer(session);
        assertEquals(OptionalDouble.empty(), examiner.examine().memstore(), "no server");

        statement.execute(
            "INSERT INTO oceanbase.`GV$OB_MEMSTORE` VALUES"
                + " ('10.0.0.1', 2882, 1002, 0, 500, 3, 100000000000, 400000000000),"
                + " ('10.0.0.2', 2882, 1002, 0, 500, 3, 300000000000, 400000000000),"
                + " ('10.0.0.3', 2882, 1002, 0, 0, 0, 7, 0)");
        assertEquals(0.75, examiner.examine().memstore().orElseThrow());

        statement.execute("UPDATE oceanbase.`GV$OB_MEMSTORE` SET MEMSTORE_USED = 0");
        assertEquals(0, examiner.examine().memstore().orElseThrow(), "what is seen is not kept");
      } finally {
        statement.execute("DROP DATABASE oceanbase");
      }
    }
  }
}
