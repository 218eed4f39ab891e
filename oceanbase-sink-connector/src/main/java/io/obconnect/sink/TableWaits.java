package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.PartitionGate.Hold;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides how long partitions wait for their tables. Used by the task's thread only. */
final class TableWaits {
  private static final Logger LOG = LoggerFactory.getLogger(TableWaits.class);
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(500).toNanos();

  private final Duration timeout;
  private final TableErrorPolicy policy;
  private final Map<TableId, Long> lookedUpNanos = new HashMap<>();
  private final Set<TableId> reported = new HashSet<>();

  /**
   * Waits under a policy.
   *
   * @param timeout how long a table may stay unknown
   */
  TableWaits(Duration timeout, TableErrorPolicy policy) {
    this.timeout = Objects.requireNonNull(timeout, "timeout");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /**
   * Lets partitions go whose tables have become ready, and asks again for the others.
   *
   * @param lookUp is called with each table whose state should be found out
   * @throws ConnectException when a table stayed unknown for too long, or failed and the policy
   *     says so
   */
  void review(PartitionGate gate, TableCatalog catalog, Consumer<TableId> lookUp) {
    gate.holds()
        .forEach(
            (partition, hold) -> {
              Optional<TableState> state = catalog.state(hold.table());
              if (state.orElse(null) instanceof TableState.Ready) {
                gate.letGo(partition);
                forget(hold.table());
              } else {
                complain(partition, hold, state);
              }
            });
    long now = System.nanoTime();
    for (TableId table : gate.tablesWaitedFor()) {
      Long last = lookedUpNanos.get(table);
      if (last == null || now - last >= LOOK_AGAIN_NANOS) {
        lookedUpNanos.put(table, now);
        lookUp.accept(table);
      }
    }
  }

  private void forget(TableId table) {
    lookedUpNanos.remove(table);
    if (reported.remove(table)) {
      LOG.info("Table {} is usable now, its changes are applied", table.quoted());
    }
  }

  private void complain(TopicPartition partition, Hold hold, Optional<TableState> state) {
    String where = new TopicPosition(partition, hold.offset()).toString();
    if (state.orElse(null) instanceof TableState.Failed failed) {
      if (policy == TableErrorPolicy.FAIL) {
        throw new ConnectException(failed.reason() + " (waiting: " + where + ")");
      }
      if (reported.add(hold.table())) {
        LOG.error(
            "{} - its changes wait in Kafka from {} on until that is mended; other tables go on",
            failed.reason(),
            where);
      }
      return;
    }
    if (System.nanoTime() - hold.sinceNanos() > timeout.toNanos()) {
      throw new ConnectException(
          "the definition of table "
              + hold.table().quoted()
              + " has not been seen for "
              + timeout.toSeconds()
              + " s (schema.wait.timeout.ms), and the destination has no such table; subscribe this"
              + " connector to the source's schema change topic, or create the table ("
              + where
              + ")");
    }
  }
}
