package io.obconnect.sink;

import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.DefineTable;
import io.obconnect.sink.ControlWork.LookUpTable;
import io.obconnect.sink.PartitionGate.Hold;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides how long partitions wait for their tables. Used by the task's thread only. */
final class TableWaits {
  private static final Logger LOG = LoggerFactory.getLogger(TableWaits.class);
  private static final long LOOK_AGAIN_MIN_NANOS = Duration.ofMillis(500).toNanos();
  private static final long LOOK_AGAIN_MAX_NANOS = Duration.ofSeconds(15).toNanos();
  private static final long FORGIVE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Duration timeout;
  private final TableErrorPolicy policy;
  private final LongSupplier nanoTime;
  private final Map<TableId, Long> askedNanos = new HashMap<>();
  private final Set<TableId> reported = new HashSet<>();
  private final Map<TableId, Refusals> refusals = new HashMap<>();
  private final Map<Lack, Long> definedNanos = new HashMap<>();
  private final DefinitionSource fromData;
  private final Consumer<DefineTable> definer;

  /** A table, or one of its columns. */
  private record Lack(TableId table, Optional<String> column) {}

  /** How often, and when last, writing to a table was refused. */
  private record Refusals(int count, long lastNanos) {}

  /**
   * Waits under a policy.
   *
   * @param timeout how long a table may stay unknown
   */
  TableWaits(Duration timeout, TableErrorPolicy policy, LongSupplier nanoTime) {
    this(timeout, policy, nanoTime, DefinitionSource.NEVER, definition -> {});
  }

  /**
   * Waits that may end by the records' own schemas.
   *
   * @param fromData when they do
   * @param definer takes requests for tables and columns to be made from the data
   */
  TableWaits(
      Duration timeout,
      TableErrorPolicy policy,
      LongSupplier nanoTime,
      DefinitionSource fromData,
      Consumer<DefineTable> definer) {
    this.timeout = Objects.requireNonNull(timeout, "timeout");
    this.fromData = Objects.requireNonNull(fromData, "fromData");
    this.definer = Objects.requireNonNull(definer, "definer");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  /**
   * Lets partitions go whose tables have become ready, and asks again for the others.
   *
   * @param lookUp takes a request for each table whose state should be found out
   * @throws ConnectException when a table stayed unknown for too long, or failed and the policy
   *     says so
   */
  void review(PartitionGate gate, TableCatalog catalog, Consumer<LookUpTable> lookUp) {
    gate.holds()
        .forEach(
            (partition, hold) -> {
              Optional<TableState> state = catalog.state(hold.table());
              if (state.map(hold::endsWith).orElse(false)) {
                gate.letGo(partition);
                forget(hold.table());
              } else {
                complain(partition, hold, state, catalog.lastAnsweredNanos(hold.table()));
              }
            });
    long now = nanoTime.getAsLong();
    gate.waitingSinceNanos()
        .forEach(
            (table, since) -> {
              if (isTimeToAsk(table, now, since, catalog.lastAnsweredNanos(table))) {
                askedNanos.put(table, now);
                lookUp.accept(new LookUpTable(table, now));
              }
            });
  }

  /** One request at a time, and the less often the longer a table has been waited for. */
  private boolean isTimeToAsk(TableId table, long now, long since, OptionalLong lastAnswered) {
    Long asked = askedNanos.get(table);
    if (asked == null) {
      return now - since >= pauseAfterRefusals(table, now);
    }
    boolean answered = lastAnswered.isPresent() && lastAnswered.getAsLong() - asked >= 0;
    long pause = Math.min(Math.max((now - since) / 4, LOOK_AGAIN_MIN_NANOS), LOOK_AGAIN_MAX_NANOS);
    return answered && now - asked >= pause;
  }

  /** Says that writing to a table was refused although it looked ready. */
  void refused(TableId table) {
    long now = nanoTime.getAsLong();
    refusals.merge(
        table,
        new Refusals(1, now),
        (former, one) ->
            now - former.lastNanos() > FORGIVE_NANOS ? one : new Refusals(former.count() + 1, now));
  }

  private long pauseAfterRefusals(TableId table, long now) {
    Refusals refused = refusals.get(table);
    if (refused == null || now - refused.lastNanos() > FORGIVE_NANOS) {
      return 0;
    }
    long doublings = Math.min(refused.count() - 1, 10);
    return Math.min(LOOK_AGAIN_MIN_NANOS << doublings, LOOK_AGAIN_MAX_NANOS);
  }

  private void forget(TableId table) {
    askedNanos.remove(table);
    definedNanos.keySet().removeIf(lack -> lack.table().equals(table));
    if (reported.remove(table)) {
      LOG.info("Table {} is usable now, its changes are applied", table.quoted());
    }
  }

  private void complain(
      TopicPartition partition, Hold hold, Optional<TableState> state, OptionalLong lastAnswered) {
    if (state.orElse(null) instanceof TableState.Copying) {
      return;
    }
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
    if (lastAnswered.isPresent() && isDefinedFromData(hold, lastAnswered.getAsLong())) {
      return;
    }
    // The lane answers in order: what was asked after the time had run out is answered after all
    // that was received before. While the destination is away nothing is answered, and it is not
    // the definition that is waited for.
    if (lastAnswered.isPresent()
        && lastAnswered.getAsLong() - hold.sinceNanos() > timeout.toNanos()) {
      String missing =
          hold.column()
              .map(
                  column ->
                      "column " + SqlText.identifier(column) + " of table " + hold.table().quoted())
              .orElse("the definition of table " + hold.table().quoted());
      throw new ConnectException(
          missing
              + " has not been seen for "
              + timeout.toSeconds()
              + " s (schema.wait.timeout.ms), and the destination has none; subscribe this"
              + " connector to the source's schema change topic, or create it ("
              + where
              + ")");
    }
  }

  /** Whether what the partition waits for is being made from the record that waits. */
  private boolean isDefinedFromData(Hold hold, long lastAnswered) {
    long patience = fromData == DefinitionSource.AFTER_WAIT ? timeout.toNanos() : 0;
    if (fromData == DefinitionSource.NEVER
        || hold.definition().isEmpty()
        || lastAnswered - hold.sinceNanos() < patience) {
      return false;
    }
    Lack lack = new Lack(hold.table(), hold.column());
    long now = nanoTime.getAsLong();
    Long asked = definedNanos.get(lack);
    if (asked == null || now - asked > LOOK_AGAIN_MAX_NANOS) {
      definedNanos.put(lack, now);
      definer.accept(new DefineTable(hold.definition().get()));
    }
    return true;
  }
}
