package io.obconnect.source;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.debezium.DebeziumException;
import io.debezium.connector.binlog.BinlogConnectorConfig;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlSnapshotChangeEventSource;
import io.debezium.connector.mysql.MySqlSnapshotChangeEventSourceMetrics;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.SnapshottingTask;
import io.debezium.pipeline.spi.SnapshotResult;
import io.debezium.snapshot.SnapshotterService;
import java.sql.SQLException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the definitions of now, and lets the stream begin where it is wanted to. */
final class StartedSnapshot extends MySqlSnapshotChangeEventSource {
  private static final Logger LOG = LoggerFactory.getLogger(StartedSnapshot.class);

  private final CaptureParts parts;
  private final StartPosition wanted;
  private LogStart start;

  StartedSnapshot(
      CaptureParts parts,
      StartPosition wanted,
      MySqlSnapshotChangeEventSourceMetrics metrics,
      NotificationService<MySqlPartition, MySqlOffsetContext> notifications) {
    super(
        parts.config(),
        parts.connections(),
        parts.schema(),
        parts.dispatcher(),
        parts.clock(),
        metrics,
        modify -> {
          parts
              .queue()
              .flushBuffer(change -> new DataChangeEvent(modify.apply(change.getRecord())));
          parts.queue().disableBuffering();
        },
        parts.queue()::enableBuffering,
        notifications,
        parts.snapshotters());
    this.parts = parts;
    this.wanted = Objects.requireNonNull(wanted, "wanted");
  }

  /** The log is searched before anything is locked. */
  @Override
  public SnapshotResult<MySqlOffsetContext> execute(
      ChangeEventSourceContext context,
      MySqlPartition partition,
      MySqlOffsetContext previous,
      SnapshottingTask task)
      throws InterruptedException {
    if (!task.shouldSkipSnapshot() && !task.isOnDemand()) {
      start = find();
      LOG.info("The stream begins at {}, which is {}", start, wanted);
    }
    return super.execute(context, partition, previous, task);
  }

  private LogStart find() throws InterruptedException {
    LogScan scan = new LogScan(this::client, parts.config().getConnectionTimeout().toMillis());
    try {
      return new StartFinder(parts.connections().mainConnection(), scan).find(wanted);
    } catch (SQLException e) {
      throw new DebeziumException("the database could not be asked for its log", e);
    }
  }

  /** Set up as the stream's is, by Debezium. */
  private BinaryLogClient client() {
    BinaryLogClient client = parts.clients().get();
    return new CaptureStream(parts, client).getBinaryLogClient();
  }

  @Override
  protected MySqlOffsetContext getInitialOffsetContext(BinlogConnectorConfig config) {
    return GapOffset.ofSnapshot(parts.config());
  }

  @Override
  protected void setOffsetContextBinlogPositionAndGtidDetailsForSnapshot(
      MySqlOffsetContext offset, BinlogConnectorConnection connection, SnapshotterService service)
      throws Exception {
    super.setOffsetContextBinlogPositionAndGtidDetailsForSnapshot(offset, connection, service);
    ((GapOffset) offset).goBackTo(start);
    nameServer(offset, connection);
  }

  /**
   * Says whose log a snapshot's position is in, which Debezium leaves open: the rows' positions do
   * say it, and are compared with it.
   */
  static void nameServer(MySqlOffsetContext offset, BinlogConnectorConnection connection)
      throws SQLException {
    offset.setBinlogServerId(
        connection.queryAndMap("SELECT @@server_id", row -> row.next() ? row.getLong(1) : 0));
  }
}
