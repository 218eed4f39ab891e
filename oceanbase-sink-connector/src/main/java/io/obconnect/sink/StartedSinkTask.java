package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.NoChange;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.SourceChange.SchemaChange;
import io.obconnect.sink.SourceChange.TableTruncate;
import io.obconnect.sink.WorkItem.ApplyRow;
import io.obconnect.sink.WorkItem.ApplySchemaChange;
import io.obconnect.sink.WorkItem.ApplyTruncate;
import io.obconnect.sink.WorkItem.PassBy;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * A running task: routes records to its lane and never waits for the database. Used by Connect's
 * task thread only.
 */
final class StartedSinkTask implements AutoCloseable {
  /** How often Connect calls the task while something is held back or under way. */
  private static final long CALL_AGAIN_MS = 100;

  private final SinkTaskContext context;
  private final SinkLimits limits;
  private final ChangeReader reader = new ChangeReader();
  private final Queue<RejectedRecord> rejected = new ConcurrentLinkedQueue<>();
  private final LaneTools tools;
  private final ApplyLane lane;
  private final PartitionGate gate;
  private final TableWaits waits;

  /**
   * Starts the lane; it connects when it has something to do.
   *
   * @param catalog what is known of the tables beforehand
   */
  StartedSinkTask(OceanBaseSinkConfig config, SinkTaskContext context, TableCatalog catalog) {
    this.context = Objects.requireNonNull(context, "context");
    this.limits = config.limits();
    this.tools = LaneTools.create(config, catalog, rejected::add);
    this.lane = new ApplyLane(config.connectorName() + "-lane", tools, limits);
    this.gate = new PartitionGate(context, System::nanoTime);
    this.waits =
        new TableWaits(config.schemaWaitTimeout(), config.tableErrorPolicy(), System::nanoTime);
    lane.start();
  }

  void open(Collection<TopicPartition> partitions) {
    gate.opened(partitions);
  }

  void put(Collection<SinkRecord> records) {
    throwLaneFailure();
    reportRejected();
    for (SinkRecord record : records) {
      TopicPosition position = TopicPosition.of(record);
      if (!gate.holds(position.partition())) {
        route(record, position);
      }
    }
    long waiting = lane.waitingBytes();
    gate.setFull(
        waiting > limits.bufferMaxBytes()
            || (gate.isFull() && waiting > limits.bufferMaxBytes() / 2));
    waits.review(gate, tools.catalog(), lane::offer);
    if (gate.isHolding() || lane.isBusy()) {
      // Also for what the lane is about to reject, and for its failure: neither waits for a record.
      context.timeout(CALL_AGAIN_MS);
    }
  }

  private void route(SinkRecord record, TopicPosition position) {
    lane.expect(position);
    SourceChange change;
    try {
      change = reader.read(record);
    } catch (DataException e) {
      rejected.add(RejectedRecord.of(record, e.getMessage()));
      reportRejected();
      lane.offer(new PassBy(position));
      return;
    }
    if (change instanceof RowChange row) {
      withTable(
          row.table(),
          position,
          writer -> lane.offer(new ApplyRow(writer, row, record, position, RecordSize.of(row))));
    } else if (change instanceof TableTruncate truncate) {
      withTable(
          truncate.table(), position, writer -> lane.offer(new ApplyTruncate(writer, position)));
    } else if (change instanceof SchemaChange schemaChange) {
      lane.offer(new ApplySchemaChange(schemaChange, position));
    } else if (change instanceof NoChange) {
      lane.offer(new PassBy(position));
    }
  }

  private void withTable(TableId table, TopicPosition position, Consumer<TableWriter> action) {
    Optional<TableState> state = tools.catalog().state(table);
    if (state.orElse(null) instanceof TableState.Ready ready) {
      action.accept(ready.writer());
    } else {
      // I2: nothing of a table is applied before its definition is.
      gate.hold(position, table);
    }
  }

  private void throwLaneFailure() {
    lane.failure()
        .ifPresent(
            failure -> {
              throw new ConnectException(failure.getMessage(), failure.getCause());
            });
  }

  /** I7: a record that cannot be applied reaches the dead-letter queue, or fails the task. */
  private void reportRejected() {
    for (RejectedRecord record = rejected.peek(); record != null; record = rejected.peek()) {
      ErrantRecordReporter reporter = context.errantRecordReporter();
      if (reporter == null) {
        throw record.reason();
      }
      // Connect itself waits for the reports made in put() before it asks for offsets.
      Future<Void> unused = reporter.report(record.record(), record.reason());
      rejected.remove();
    }
  }

  /**
   * I4 and I7: only what the destination has committed, and nothing from the first record on whose
   * rejection has not been reported. To report it here would be too late, Connect has waited for
   * the reports already; and a task that fails for want of a reporter must meet the record again.
   */
  Map<TopicPartition, OffsetAndMetadata> finishedOffsets(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      lane.finishedOffset(partition)
          .ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
    }
    // In this order: what was rejected before those offsets were finished is in the queue by now.
    rejected.stream()
        .map(RejectedRecord::position)
        .forEach(
            position ->
                offsets.computeIfPresent(
                    position.partition(),
                    (partition, finished) ->
                        position.offset() < finished.offset()
                            ? new OffsetAndMetadata(position.offset())
                            : finished));
    return offsets;
  }

  void release(Collection<TopicPartition> partitions) {
    gate.closed(partitions);
    lane.release(partitions);
  }

  @Override
  public void close() {
    lane.close();
  }
}
