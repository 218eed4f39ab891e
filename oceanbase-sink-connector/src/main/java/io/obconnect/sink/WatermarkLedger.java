package io.obconnect.sink;

import io.obconnect.model.SqlFailure;
import io.obconnect.model.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to where in the source the partitions of a connector are applied: a row for each, which only
 * moves forward, and a view of the lowest and the highest of each connector. The rows tell what is
 * committed already, so they need neither be written together with rows nor be fenced: what a
 * former owner writes late is as true, and lower.
 *
 * <p>A partition that is new joins at the low watermark as it stands, and holds it there until it
 * has come further: the low watermark never goes back.
 */
final class WatermarkLedger {
  private static final Logger LOG = LoggerFactory.getLogger(WatermarkLedger.class);
  private static final int ROWS_PER_STATEMENT = 500;
  private static final Comparator<SourcePosition> BY_TIME =
      Comparator.comparingLong(position -> position.timestampMs());

  private final String connector;
  private final String table;
  private final String view;

  /**
   * What the destination has.
   *
   * @param positions of the partitions asked for
   * @param newest the highest of all the connector's partitions
   */
  record Reading(Map<TopicPartition, SourcePosition> positions, SourcePosition newest) {
    Reading {
      positions = Map.copyOf(positions);
      Objects.requireNonNull(newest, "newest");
    }
  }

  /**
   * The watermarks of one connector.
   *
   * @param connector the connector's name; connectors share the table
   * @param database exists when anything is read or written
   */
  WatermarkLedger(String connector, String database) {
    this.connector = Objects.requireNonNull(connector, "connector");
    this.table = SqlText.identifier(database) + ".`partition_watermarks`";
    this.view = SqlText.identifier(database) + ".`watermarks`";
  }

  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + """
               (
                `connector` VARCHAR(190) NOT NULL,
                `topic` VARCHAR(249) NOT NULL,
                `kafka_partition` INT NOT NULL,
                `source_ts_ms` BIGINT NOT NULL,
                `source_position` VARCHAR(500) NOT NULL,
                `updated_at` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
                  ON UPDATE CURRENT_TIMESTAMP(3),
                PRIMARY KEY (`connector`, `topic`, `kafka_partition`)
              ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin""");
      createView(statement);
    }
  }

  /** The view is for people and other programs; the sink does without it. */
  private void createView(Statement statement) throws SQLException {
    try {
      statement.execute(
          "CREATE OR REPLACE VIEW "
              + view
              + " AS SELECT connector, NULLIF(MIN(source_ts_ms), 0) AS low_source_ts_ms, "
              + lowest("source_position")
              + " AS low_source_position, "
              + lowest("topic")
              + " AS low_topic, CAST("
              + lowest("updated_at")
              + " AS DATETIME(3)) AS low_since, NULLIF(MAX(source_ts_ms), 0) AS high_source_ts_ms,"
              + " SUBSTRING(MAX("
              + ordered("source_position")
              + "), 21) AS high_source_position, COUNT(*) AS partitions FROM "
              + table
              + " GROUP BY connector");
    } catch (SQLException e) {
      SqlFailure failure = SqlFailure.of(e);
      if (failure.kind().retriable()) {
        throw e;
      }
      LOG.warn(
          "The view {} could not be created: {}; watermarks are kept in {} all the same. To have"
              + " the view, grant CREATE VIEW and DROP there and restart the task",
          view,
          failure.description(),
          table);
    }
  }

  private static String lowest(String column) {
    return "SUBSTRING(MIN(" + ordered(column) + "), 21)";
  }

  /** A column's text, behind twenty digits that put it in order. */
  private static String ordered(String column) {
    return "CONCAT(LPAD(source_ts_ms, 20, '0'), " + column + ")";
  }

  /** Adds the rows of new partitions, and tells how far all of these have come; commits. */
  Reading join(Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    Map<TopicPartition, SourcePosition> all = read(connection);
    SourcePosition low = all.values().stream().min(BY_TIME).orElse(SourcePosition.UNKNOWN);
    SourcePosition newest = all.values().stream().max(BY_TIME).orElse(SourcePosition.UNKNOWN);
    Map<TopicPartition, SourcePosition> joined = new HashMap<>();
    Map<TopicPartition, SourcePosition> added = new HashMap<>();
    for (TopicPartition partition : partitions) {
      joined.put(partition, all.getOrDefault(partition, low));
      if (!all.containsKey(partition)) {
        added.put(partition, low);
      }
    }
    write(connection, added);
    connection.commit();
    return new Reading(joined, newest);
  }

  /**
   * Moves partitions forward, and tells which one of the connector's stands furthest on; commits.
   */
  SourcePosition move(Connection connection, Map<TopicPartition, SourcePosition> positions)
      throws SQLException {
    write(connection, positions);
    connection.commit();
    String sql =
        "SELECT source_position, source_ts_ms FROM "
            + table
            + " WHERE connector = ? ORDER BY source_ts_ms DESC LIMIT 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new SourcePosition(row.getString(1), row.getLong(2))
            : SourcePosition.UNKNOWN;
      }
    }
  }

  private Map<TopicPartition, SourcePosition> read(Connection connection) throws SQLException {
    Map<TopicPartition, SourcePosition> positions = new HashMap<>();
    String sql =
        "SELECT topic, kafka_partition, source_position, source_ts_ms FROM "
            + table
            + " WHERE connector = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          positions.put(
              new TopicPartition(row.getString(1), row.getInt(2)),
              new SourcePosition(row.getString(3), row.getLong(4)));
        }
      }
    }
    return positions;
  }

  private void write(Connection connection, Map<TopicPartition, SourcePosition> positions)
      throws SQLException {
    List<Map.Entry<TopicPartition, SourcePosition>> rows = new ArrayList<>(positions.entrySet());
    // In one order, so that tasks do not wait for each other in a circle.
    rows.sort(Comparator.comparing(row -> row.getKey().toString()));
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT) {
        int to = Math.min(from + ROWS_PER_STATEMENT, rows.size());
        statement.executeUpdate(writeSql(rows.subList(from, to)));
      }
    }
  }

  private String writeSql(List<Map.Entry<TopicPartition, SourcePosition>> rows) {
    StringBuilder sql = new StringBuilder("INSERT INTO ").append(table);
    sql.append(" (connector, topic, kafka_partition, source_position, source_ts_ms) VALUES ");
    String separator = "(";
    for (Map.Entry<TopicPartition, SourcePosition> row : rows) {
      sql.append(separator);
      Literals.appendText(sql, connector);
      sql.append(',');
      Literals.appendText(sql, row.getKey().topic());
      sql.append(',').append(row.getKey().partition()).append(',');
      Literals.appendText(sql, row.getValue().text());
      sql.append(',').append(row.getValue().timestampMs()).append(')');
      separator = ",(";
    }
    // Assigned from left to right, so the time, which the position looks at, comes last.
    return sql.append(" ON DUPLICATE KEY UPDATE source_position =")
        .append(" IF(VALUES(source_ts_ms) >= source_ts_ms,")
        .append(" VALUES(source_position), source_position)")
        .append(", source_ts_ms = GREATEST(source_ts_ms, VALUES(source_ts_ms))")
        .toString();
  }

  /**
   * Says that nothing is known of a partition any more, which takes the low watermark back; the
   * caller commits.
   */
  void reset(Connection connection, TopicPartition partition) throws SQLException {
    String sql =
        "UPDATE "
            + table
            + " SET source_position = '', source_ts_ms = 0"
            + " WHERE connector = ? AND topic = ? AND kafka_partition = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, connector);
      update.setString(2, partition.topic());
      update.setInt(3, partition.partition());
      update.executeUpdate();
    }
  }
}
