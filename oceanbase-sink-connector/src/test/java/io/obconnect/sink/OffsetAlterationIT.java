package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.TableId;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.OceanBaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Connect asks of the connector when somebody alters or resets its offsets. */
@ExtendWith(LocalStackExtension.class)
class OffsetAlterationIT {
  private static final String DATABASE = "offset_alteration";
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final TopicPartition P1 = new TopicPartition("t", 1);

  private final OffsetLedger ledger = new OffsetLedger("c", DATABASE);
  private final OceanBaseSinkConnector connector = new OceanBaseSinkConnector();
  private final Map<String, String> config = new HashMap<>();
  private OceanBaseServer oceanBase;

  @BeforeEach
  void prepare(OceanBaseServer server) throws SQLException {
    oceanBase = server;
    config.putAll(
        Map.of(
            "name",
            "c",
            ConnectionOptions.ADDRESSES,
            server.address(),
            ConnectionOptions.USERNAME,
            server.user(),
            ConnectionOptions.PASSWORD,
            server.password(),
            SchemaOptions.LEDGER_DATABASE,
            DATABASE));
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + DATABASE);
    }
  }

  private void claimBoth() throws SQLException {
    try (Connection connection = oceanBase.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
      ledger.create(connection);
      connection.setAutoCommit(false);
      for (TopicPartition partition : List.of(P0, P1)) {
        ledger.claim(connection, partition, 2, OptionalLong.of(50));
      }
    }
  }

  private List<Long> marks(TopicPartition partition) throws SQLException {
    try (Connection connection = oceanBase.connect()) {
      connection.setAutoCommit(false);
      return ledger
          .claim(connection, partition, 2, OptionalLong.empty())
          .map(PartitionClaim::marks)
          .orElse(List.of());
    }
  }

  private boolean ledgerExists() throws SQLException {
    try (Connection connection = oceanBase.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW DATABASES LIKE '" + DATABASE + "'")) {
      return row.next();
    }
  }

  @Test
  void numberMovesTheMarksAndNothingForgetsThem() throws SQLException {
    claimBoth();
    Map<TopicPartition, Long> offsets = new HashMap<>(Map.of(P0, 7L));
    offsets.put(P1, null);
    for (int times = 0; times < 2; times++) {
      assertTrue(connector.alterOffsets(config, offsets));
      assertEquals(List.of(7L, 7L), marks(P0));
      assertEquals(List.of(), marks(P1));
    }
  }

  @Test
  void partitionsNotNamedAreLeftAlone() throws SQLException {
    claimBoth();
    assertTrue(connector.alterOffsets(config, Map.of(P0, 60L)));
    assertEquals(List.of(60L, 60L), marks(P0));
    assertEquals(List.of(50L, 50L), marks(P1));
  }

  /** Definitions come again then, and blocks; with marks left, neither might. */
  @Test
  void copiesAreForgottenWithTheLastMark() throws SQLException {
    claimBoth();
    CopyLedger copies = new CopyLedger("c", DATABASE);
    TableId table = new TableId("shop", "orders");
    try (Connection connection = oceanBase.connect()) {
      copies.create(connection);
      copies.begin(connection, table, 3);
      assertTrue(connector.alterOffsets(config, Collections.singletonMap(P0, null)));
      assertEquals(OptionalLong.of(3), copies.run(connection, table));
      assertTrue(connector.alterOffsets(config, Collections.singletonMap(P1, null)));
      assertEquals(OptionalLong.empty(), copies.run(connection, table));
    }
  }

  @Test
  void destinationWithoutLedgerIsLeftWithout() throws SQLException {
    assertTrue(connector.alterOffsets(config, Map.of(P0, 7L)));
    assertTrue(connector.alterOffsets(config, Collections.singletonMap(P0, null)));
    assertFalse(ledgerExists());
  }

  @Test
  void withoutExactlyOnceMarksAreOnlyForgotten() throws SQLException {
    claimBoth();
    config.put(WriteOptions.EXACTLY_ONCE, "false");
    assertTrue(connector.alterOffsets(config, Map.of(P0, 7L)));
    assertEquals(List.of(), marks(P0));
    assertEquals(List.of(50L, 50L), marks(P1));
  }

  @Test
  void negativeOffsetIsRefusedAndNothingAltered() throws SQLException {
    claimBoth();
    ConnectException failure =
        assertThrows(
            ConnectException.class, () -> connector.alterOffsets(config, Map.of(P0, 7L, P1, -1L)));
    assertTrue(failure.getMessage().contains("t-1"), failure.getMessage());
    assertEquals(List.of(50L, 50L), marks(P0));
  }

  @Test
  void destinationThatDoesNotAnswerIsNamedWithoutThePassword() {
    config.put(ConnectionOptions.ADDRESSES, "127.0.0.1:1");
    ConnectException failure =
        assertThrows(ConnectException.class, () -> connector.alterOffsets(config, Map.of(P0, 7L)));
    assertTrue(failure.getMessage().contains(DATABASE), failure.getMessage());
    assertFalse(failure.getMessage().contains(oceanBase.password()), failure.getMessage());
  }
}
