package io.obconnect.sink;

import io.obconnect.model.DatabaseConnector;
import io.obconnect.model.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the marks in the destination in step with offsets that a user alters or resets through
 * Connect's REST interface: a task goes by its marks, not by the consumer group. May be repeated.
 */
final class OffsetAlteration {
  private static final Logger LOG = LoggerFactory.getLogger(OffsetAlteration.class);
  private static final int NO_SUCH_TABLE = 1146;
  private static final int NO_SUCH_DATABASE = 1049;
  private static final Set<Integer> MISSING = Set.of(NO_SUCH_TABLE, NO_SUCH_DATABASE);

  private final OceanBaseSinkConfig config;
  private final OffsetLedger ledger;
  private final WatermarkLedger watermarks;
  private final CopyLedger copies;

  OffsetAlteration(OceanBaseSinkConfig config) {
    this.config = Objects.requireNonNull(config, "config");
    this.ledger = new OffsetLedger(config.connectorName(), config.ledgerDatabase());
    this.copies = new CopyLedger(config.connectorName(), config.ledgerDatabase());
    this.watermarks = new WatermarkLedger(config.connectorName(), config.ledgerDatabase());
  }

  /**
   * Alters or forgets marks, all of them or none. Where the destination has no ledger there is
   * nothing to do, and none is created.
   *
   * @param offsets by partition the record to go on with, null to start over
   * @throws ConnectException when an offset is negative, or the destination refuses or does not
   *     answer
   */
  void apply(Map<TopicPartition, Long> offsets) {
    offsets.forEach(OffsetAlteration::requireOffset);
    try (Connection connection = new DatabaseConnector(config.connection()).connect()) {
      connection.setAutoCommit(false);
      for (Map.Entry<TopicPartition, Long> each : offsets.entrySet()) {
        alter(connection, each.getKey(), each.getValue());
        unlessMissing(() -> watermarks.reset(connection, each.getKey()));
      }
      if (config.exactlyOnce() && offsets.values().stream().allMatch(Objects::isNull)) {
        unlessMissing(() -> beginAnew(connection));
      }
      connection.commit();
    } catch (SQLException e) {
      if (!MISSING.contains(e.getErrorCode())) {
        throw new ConnectException(
            "the marks of applied offsets in the destination could not be altered: "
                + SqlFailure.of(e).description()
                + ". See to it that the destination answers and "
                + ConnectionOptions.USERNAME
                + " may write to database "
                + config.ledgerDatabase()
                + ", then ask again");
      }
    }
  }

  private static void requireOffset(TopicPartition partition, Long offset) {
    if (offset != null && offset < 0) {
      throw new ConnectException(
          "offset " + offset + " of " + partition + " is negative; offsets begin at 0");
    }
  }

  private void alter(Connection connection, TopicPartition partition, Long offset)
      throws SQLException {
    if (offset == null || !config.exactlyOnce()) {
      ledger.delete(connection, partition);
    } else {
      ledger.reset(connection, partition, offset);
    }
  }

  /**
   * Forgets what was copied, too, when nothing is left of the connector. Kafka forgets offsets of
   * groups that are idle for long, and those of removed topics: Connect then names fewer partitions
   * than there are.
   */
  private void beginAnew(Connection connection) throws SQLException {
    List<TopicPartition> left = ledger.marked(connection);
    if (left.isEmpty()) {
      copies.forget(connection);
    } else {
      LOG.warn(
          "Partitions that were not named keep their marks and go on there, {} among them; to let"
              + " them begin anew, too, set their offsets to null by PATCH"
              + " /connectors/NAME/offsets",
          left);
    }
  }

  private interface Deletion {
    void run() throws SQLException;
  }

  private static void unlessMissing(Deletion deletion) throws SQLException {
    try {
      deletion.run();
    } catch (SQLException e) {
      // Marks may be older than the other tables of the ledger.
      if (e.getErrorCode() != NO_SUCH_TABLE) {
        throw e;
      }
    }
  }
}
