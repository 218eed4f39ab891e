package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DatabaseConnector;
import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Neither engine shows its memory; that is found out by asking, and harms nothing. */
@ExtendWith(LocalStackExtension.class)
class DestinationExaminerIT {

  private static void assertExamined(SqlEngine engine, Engine expected) throws SQLException {
    OceanBaseSinkConfig config =
        new OceanBaseSinkConfig(
            Map.of(
                "connection.addresses", engine.address(),
                "connection.username", engine.user(),
                "connection.password", engine.password()));
    try (DestinationSession session =
        new DestinationSession(
            new DatabaseConnector(config.connection()),
            new OffsetLedger("examiner", "obconnect"),
            connection -> {})) {
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
}
