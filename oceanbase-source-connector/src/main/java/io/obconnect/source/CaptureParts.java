package io.obconnect.source;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlDatabaseSchema;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSourceMetrics;
import io.debezium.connector.mysql.MySqlTaskContext;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.relational.TableId;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.util.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What Debezium's snapshot and stream are made of.
 *
 * @param client of the stream
 * @param clients more of them, not set up
 * @param copies plan the full copy, where it is not Debezium's
 * @param read takes how far the stream has come, whenever it is between transactions
 * @param start where a stream without an offset begins, other than at the end of the log
 */
record CaptureParts(
    CapturedDatabase database,
    MySqlConnectorConfig config,
    MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections,
    ErrorHandler errorHandler,
    EventDispatcher<MySqlPartition, TableId> dispatcher,
    Clock clock,
    MySqlDatabaseSchema schema,
    MySqlTaskContext taskContext,
    MySqlStreamingChangeEventSourceMetrics metrics,
    ChangeEventQueue<DataChangeEvent> queue,
    SnapshotterService snapshotters,
    BinaryLogClient client,
    Supplier<BinaryLogClient> clients,
    Optional<CopyPlanning> copies,
    Optional<StartPosition> start,
    ExactValues exact,
    EchoFilter echoes,
    AtomicReference<ReadPosition> read) {}
