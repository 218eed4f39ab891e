package io.obconnect.sink;

import io.obconnect.model.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Where tasks meet at a source's markers: which partitions have come to one, and which markers they
 * may pass, because what they stand for has been done. A partition that has come to one has
 * everything before it applied, and waits there.
 */
final class MarkerLedger {
  private final String connector;
  private final String reached;
  private final String passed;

  /**
   * What is known of a marker.
   *
   * @param passed whether partitions may pass it
   * @param missing partitions that have not come to it
   */
  record Meeting(boolean passed, List<Integer> missing) {
    Meeting {
      missing = List.copyOf(missing);
    }

    boolean isComplete() {
      return missing.isEmpty();
    }
  }

  /**
   * A ledger for one connector.
   *
   * @param database exists when anything is read or written
   */
  MarkerLedger(String connector, String database) {
    this.connector = Objects.requireNonNull(connector, "connector");
    this.reached = SqlText.identifier(database) + ".`reached_markers`";
    this.passed = SqlText.identifier(database) + ".`passed_markers`";
  }

  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + reached
              + """
               (
                `connector` VARCHAR(190) NOT NULL,
                `marker_id` CHAR(64) NOT NULL,
                `topic` VARCHAR(249) NOT NULL,
                `kafka_partition` INT NOT NULL,
                `reached_at` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
                PRIMARY KEY (`connector`, `marker_id`, `topic`, `kafka_partition`)
              ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin""");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + passed
              + """
               (
                `connector` VARCHAR(190) NOT NULL,
                `marker_id` CHAR(64) NOT NULL,
                `source_position` VARCHAR(500) NOT NULL,
                `passed_at` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
                PRIMARY KEY (`connector`, `marker_id`)
              ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin""");
    }
  }

  /**
   * Notes that a partition has come to a marker, unless it may be passed; the caller commits.
   *
   * @param partitions of the topic that have the marker, from 0 on
   */
  Meeting reach(Connection connection, String id, TopicPartition partition, int partitions)
      throws SQLException {
    if (isPassed(connection, id)) {
      return new Meeting(true, List.of());
    }
    String sql =
        "INSERT IGNORE INTO "
            + reached
            + " (connector, marker_id, topic, kafka_partition) VALUES (?,?,?,?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, connector);
      insert.setString(2, id);
      insert.setString(3, partition.topic());
      insert.setInt(4, partition.partition());
      insert.executeUpdate();
    }
    Set<Integer> there = there(connection, id, partition.topic());
    List<Integer> missing = new ArrayList<>();
    for (int each = 0; each < partitions; each++) {
      if (!there.contains(each)) {
        missing.add(each);
      }
    }
    return new Meeting(false, missing);
  }

  private boolean isPassed(Connection connection, String id) throws SQLException {
    String sql = "SELECT 1 FROM " + passed + " WHERE connector = ? AND marker_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      select.setString(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private Set<Integer> there(Connection connection, String id, String topic) throws SQLException {
    String sql =
        "SELECT kafka_partition FROM "
            + reached
            + " WHERE connector = ? AND marker_id = ? AND topic = ?";
    Set<Integer> there = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      select.setString(2, id);
      select.setString(3, topic);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          there.add(row.getInt(1));
        }
      }
    }
    return there;
  }

  /** Lets all partitions pass a marker, for good; the caller commits. */
  void pass(Connection connection, String id, String position) throws SQLException {
    String sql =
        "INSERT IGNORE INTO " + passed + " (connector, marker_id, source_position) VALUES (?,?,?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, connector);
      insert.setString(2, id);
      insert.setString(
          3, position.substring(0, Math.min(position.length(), SourcePosition.MAX_CHARS)));
      insert.executeUpdate();
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM " + reached + " WHERE connector = ? AND marker_id = ?")) {
      delete.setString(1, connector);
      delete.setString(2, id);
      delete.executeUpdate();
    }
  }

  /** Says that a partition may have gone back to before its markers; the caller commits. */
  void leave(Connection connection, TopicPartition partition) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM "
                + reached
                + " WHERE connector = ? AND topic = ? AND kafka_partition = ?")) {
      delete.setString(1, connector);
      delete.setString(2, partition.topic());
      delete.setInt(3, partition.partition());
      delete.executeUpdate();
    }
  }
}
