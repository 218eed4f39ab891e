package io.obconnect.sink;

import io.obconnect.model.DatabaseConnector;
import io.obconnect.model.DefinitionReader;
import io.obconnect.model.DestinationProbe;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.SqlFailure;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that writes nothing, neither rows nor tables nor offsets, and says in the log what would
 * become of the source's definitions. It reads the destination, and waits for it. Used by Connect's
 * task thread only.
 */
final class DryRunTask implements RunningTask {
  private static final Logger LOG = LoggerFactory.getLogger(DryRunTask.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CALL_AGAIN_MS = 200;

  private final OceanBaseSinkConfig config;
  private final SinkTaskContext context;
  private final ChangeReader reader;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private Connection connection;
  private DestinationProfile profile;
  private ConversionReport report;
  private String logged = "";
  private long loggedRevision;
  private long seenRevision;
  private long seenNanos;

  /** A dry run; it connects with its first records. */
  DryRunTask(OceanBaseSinkConfig config, SinkTaskContext context) {
    this.config = Objects.requireNonNull(config, "config");
    this.context = Objects.requireNonNull(context, "context");
    this.reader = config.changeReader();
  }

  /** A partition that comes back begins anew, because nothing is committed. */
  @Override
  public void open(Collection<TopicPartition> partitions) {}

  @Override
  public void put(Collection<SinkRecord> records) {
    for (SinkRecord record : records) {
      TopicPosition position = TopicPosition.of(record);
      if (position.offset() >= next.getOrDefault(position.partition(), 0L)) {
        take(record, position);
        next.put(position.partition(), position.offset() + 1);
      }
    }
    logWhenQuiet(System.nanoTime());
  }

  private void take(SinkRecord record, TopicPosition position) {
    try {
      SourceChange change = reader.read(record);
      if (change instanceof RowChange row) {
        report().row(row.table());
      } else if (change instanceof SchemaChange schemaChange) {
        report().change(schemaChange);
      }
    } catch (DataException e) {
      report().unreadable(position.partition().topic(), e.getMessage());
    }
  }

  private void logWhenQuiet(long nowNanos) {
    if (report == null || report.revision() == loggedRevision) {
      return;
    }
    if (report.revision() != seenRevision) {
      seenRevision = report.revision();
      seenNanos = nowNanos;
    }
    if (nowNanos - seenNanos >= QUIET_NANOS) {
      log(report.text());
      loggedRevision = seenRevision;
    } else {
      context.timeout(CALL_AGAIN_MS);
    }
  }

  private void log(String text) {
    if (!text.equals(logged)) {
      logged = text;
      LOG.info(
          "Dry run of {}-{}, nothing is written:\n{}",
          config.connectorName(),
          config.taskNumber(),
          text);
    }
  }

  private ConversionReport report() {
    if (report == null) {
      try {
        connection = new DatabaseConnector(config.connection()).connect();
        profile = DestinationProbe.probe(connection);
      } catch (SQLException e) {
        throw refused("Connecting to the destination", e);
      }
      report =
          new ConversionReport(
              config.schemaPolicies(), config.existingTables(), profile, this::definition);
    }
    return report;
  }

  private Optional<TableDefinition> definition(TableId table) {
    try {
      return DefinitionReader.read(connection, profile, table);
    } catch (SQLException e) {
      throw refused("Reading the definition of " + table.quoted(), e);
    }
  }

  private static ConnectException refused(String what, SQLException e) {
    return new ConnectException(
        what
            + " failed: "
            + SqlFailure.of(e).description()
            + "; restart the task when the destination can be read");
  }

  /** None: without the dry run the connector starts from the beginning. */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> finishedOffsets(
      Collection<TopicPartition> partitions) {
    return Map.of();
  }

  @Override
  public void release(Collection<TopicPartition> partitions) {}

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("Closing the connection failed: {}", SqlFailure.of(e).description());
      }
    }
  }
}
