package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.Arrival.Member;
import io.obconnect.sink.LaneRouting.Origin;
import io.obconnect.sink.LaneWork.TransactionWork;
import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.TransactionAssembler.Turn;
import io.obconnect.sink.TransactionAssembler.Turn.Alone;
import io.obconnect.sink.TransactionAssembler.Turn.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Gives the records of all partitions to the one lane in the order of the source's transactions, so
 * that each is committed as a whole, with the marks of all its partitions. Used by the task's
 * thread only.
 *
 * <p>A record counts as read when it is given to the lane, not before: what is only gathered comes
 * again after a crash. Nothing of a transaction goes before all of it may: when a partition has to
 * wait at one of its rows, it goes back to the first record that was gathered from it.
 */
final class SourceTransactions {

  /** The way of records that have got their turn. */
  interface Routing {
    /** Takes note of a record that has been read, in the order of its partition. */
    void seen(TopicPosition position, SourceChange change);

    /**
     * Routes a record that belongs to no transaction; its partition may have to wait then.
     *
     * @param read what it asks for, where it has been read already
     */
    void route(
        SinkRecord record,
        TopicPosition position,
        PartitionProgress progress,
        Optional<SourceChange> read);

    /** Whether a row is known to have been applied before its table was changed. */
    boolean isApplied(RowChange row);

    /**
     * Finds the way of a row.
     *
     * @param head where its partition goes on when it has to wait
     * @return empty when the partition has to wait
     * @throws DataException when the row cannot be applied
     */
    Optional<Admission> admit(
        SinkRecord record, TopicPosition head, PartitionProgress progress, RowChange row);

    /** Gives a row to the lane. */
    void deliver(Admission admission, Origin origin);

    /** Hands a row that cannot be applied to the dead-letter queue. */
    void reject(PartitionProgress progress, SinkRecord record, RowChange row, DataException reason);
  }

  /**
   * A row that may go.
   *
   * @param row as the source changed it
   * @param lanes decide about its lane
   * @param change what is left of it for the destination; empty when it is filtered out
   */
  record Admission(RowChange row, LaneRouting lanes, Optional<RowChange> change) {
    Admission {
      Objects.requireNonNull(row, "row");
      Objects.requireNonNull(lanes, "lanes");
      Objects.requireNonNull(change, "change");
    }

    /**
     * Makes sure that the lane can be found.
     *
     * @throws DataException when the record does not hold the row's key
     */
    void requireKey() {
      change.ifPresent(
          c -> {
            lanes.table().key(c);
            lanes.table().leftKey(c);
          });
    }
  }

  private record Delivery(Admission admission, Arrival arrival, PartitionProgress progress) {}

  private final ArrivalReader reader;
  private final TransactionAssembler assembler;
  private final TransactionProgress transactions;
  private final PartitionGate gate;
  private final PartitionOwner owner;
  private final LaneGroup lanes;
  private final Routing routing;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final Set<TopicPosition> rejected = new HashSet<>();
  private long lastTransaction;
  private long sinceNanos;

  /**
   * Transactions of a task.
   *
   * @param transactions how far they have come, shared with the assembler
   * @param timeout how long one may be waited for
   */
  SourceTransactions(
      ArrivalReader reader,
      TransactionAssembler assembler,
      TransactionProgress transactions,
      PartitionGate gate,
      PartitionOwner owner,
      LaneGroup lanes,
      Routing routing,
      Duration timeout,
      LongSupplier nanoTime) {
    this.reader = Objects.requireNonNull(reader, "reader");
    this.assembler = Objects.requireNonNull(assembler, "assembler");
    this.transactions = Objects.requireNonNull(transactions, "transactions");
    this.gate = Objects.requireNonNull(gate, "gate");
    this.owner = Objects.requireNonNull(owner, "owner");
    this.lanes = Objects.requireNonNull(lanes, "lanes");
    this.routing = Objects.requireNonNull(routing, "routing");
    this.timeout = Objects.requireNonNull(timeout, "timeout");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    this.sinceNanos = nanoTime.getAsLong();
  }

  /** Takes a record, or leaves it in Kafka until there is room for it. */
  void take(SinkRecord record, TopicPosition position) {
    Arrival arrival = reader.read(position, record);
    if (assembler.offer(arrival)) {
      arrival.read().ifPresent(change -> routing.seen(position, change));
    } else {
      gate.leave(position);
    }
  }

  /** Lets partitions that have to wait go back to the first record that was gathered from them. */
  void leaveHeld() {
    for (TopicPosition head : assembler.heads()) {
      if (gate.leaves(head) && gate.holds(head.partition())) {
        forget(head.partition());
      }
    }
  }

  private void forget(TopicPartition partition) {
    assembler.forget(partition);
    gate.goOn(partition);
    rejected.removeIf(position -> position.partition().equals(partition));
  }

  /**
   * Gives what is complete to the lane.
   *
   * @throws ConnectException when something has been waited for too long
   */
  void review() {
    leaveHeld();
    boolean goesOn = true;
    while (goesOn && !gate.isFull()) {
      Optional<Turn> turn = assembler.next();
      goesOn = turn.isPresent() && carryOut(turn.get());
      leaveHeld();
    }
    gate.ahead().stream().filter(assembler::mayGoOn).forEach(gate::goOn);
    watch();
  }

  private void watch() {
    long now = nanoTime.getAsLong();
    if (assembler.isEmpty() || gate.isFull() || gate.isStopping()) {
      sinceNanos = now;
    } else if (now - sinceNanos > timeout.toNanos()) {
      throw new ConnectException(
          "for "
              + timeout.toSeconds()
              + " s ("
              + WriteOptions.TRANSACTION_WAIT_TIMEOUT_MS
              + ") "
              + assembler.wanted()
              + ". "
              + TransactionAssembler.WAY_OUT);
    }
  }

  private boolean carryOut(Turn turn) {
    if (turn instanceof Together together) {
      return carryOut(together);
    }
    Alone alone = (Alone) turn;
    Arrival arrival = alone.arrival();
    TopicPosition position = arrival.position();
    PartitionProgress progress = progress(position.partition());
    if (alone.repeated()) {
      sinceNanos = nanoTime.getAsLong();
      progress.read(position.offset());
    } else {
      routing.route(arrival.record(), position, progress, arrival.read());
    }
    if (gate.isLeftAt(position)) {
      forget(position.partition());
    } else {
      assembler.taken(turn);
    }
    return true;
  }

  private PartitionProgress progress(TopicPartition partition) {
    return owner.current(partition).orElseThrow();
  }

  private boolean carryOut(Together turn) {
    List<Delivery> deliveries = new ArrayList<>();
    for (Arrival arrival : turn.inOrder()) {
      Optional<RowChange> row = arrival.row();
      TopicPartition partition = arrival.position().partition();
      PartitionProgress progress = progress(partition);
      if (progress.isRejecting()) {
        // I7: no mark passes a record that is on its way to the dead-letter queue.
        return false;
      }
      boolean counts = row.isPresent() && !rejected.contains(arrival.position());
      if (counts && !routing.isApplied(row.get())) {
        TopicPosition head = turn.parts().get(partition).get(0).position();
        Optional<Admission> admission;
        try {
          admission = routing.admit(arrival.record(), head, progress, row.get());
        } catch (DataException e) {
          rejected.add(arrival.position());
          routing.reject(progress, arrival.record(), row.get(), e);
          return false;
        }
        if (admission.isEmpty()) {
          forget(partition);
          return true;
        }
        deliveries.add(new Delivery(admission.get(), arrival, progress));
      }
    }
    deliver(turn, deliveries);
    return true;
  }

  private void deliver(Together turn, List<Delivery> deliveries) {
    long number = ++lastTransaction;
    LogPosition lastRow =
        turn.inOrder().stream()
            .filter(Member.class::isInstance)
            .map(arrival -> ((Member) arrival).at())
            .reduce(LogPosition::max)
            .orElse(LogPosition.UNKNOWN);
    transactions.delivered(transactions.delivered().then(turn.end(), lastRow));
    lanes.begin();
    // Before the rows: whoever goes back has to go back to the first record.
    List<TransactionWork> parts = parts(turn, number);
    deliveries.forEach(
        each ->
            routing.deliver(
                each.admission(),
                new Origin(
                    each.progress(), each.arrival().record(), each.arrival().position(), number)));
    parts.forEach(lanes::offer);
    lanes.complete();
    turn.parts().forEach((partition, part) -> progress(partition).read(last(part).offset()));
    turn.parts().values().stream()
        .flatMap(List::stream)
        .map(Arrival::position)
        .forEach(rejected::remove);
    assembler.taken(turn);
    sinceNanos = nanoTime.getAsLong();
  }

  private List<TransactionWork> parts(Together turn, long number) {
    TransactionPoint point = transactions.delivered();
    List<TransactionWork> works = new ArrayList<>();
    for (Map.Entry<TopicPartition, List<Arrival>> entry : turn.parts().entrySet()) {
      PartitionProgress progress = progress(entry.getKey());
      List<Arrival> part = entry.getValue();
      boolean ends = entry.getKey().equals(turn.end().position().partition());
      SourcePosition position = ends ? point.position() : SourcePosition.UNKNOWN;
      Runnable committed = ends ? () -> transactions.committed(point) : () -> {};
      for (int slot = 0; slot < progress.claim().slots(); slot++) {
        progress.routed(slot, part.get(0).position().offset());
        works.add(
            new TransactionWork(
                progress, slot, last(part).offset() + 1, number, position, committed));
      }
    }
    return works;
  }

  private static TopicPosition last(List<Arrival> part) {
    return part.get(part.size() - 1).position();
  }

  /** Whether anything has been gathered that cannot go yet. */
  boolean isWaiting() {
    return !assembler.isEmpty();
  }

  /** Whether a row waits here that is not certain to stand behind a position of the log. */
  boolean holdsBefore(TableId table, LogPosition position) {
    return assembler.holdsBefore(table, position);
  }

  /**
   * Gives up what was gathered and what the lane has not begun, because partitions are taken away:
   * the others go back to the first record that was not applied, once they are quiet.
   *
   * @param release takes the partitions away
   */
  void release(Runnable release) {
    owner.progresses().forEach(PartitionProgress::withdraw);
    Set<TopicPartition> gathered = new HashSet<>();
    assembler.heads().forEach(head -> gathered.add(head.partition()));
    release.run();
    gathered.forEach(this::forget);
    transactions.withdrawn();
    Consumer<PartitionProgress> goBack =
        progress ->
            owner.rewindWhenQuiet(
                progress,
                offset -> gate.block(new TopicPosition(progress.claim().partition(), offset)));
    owner.progresses().forEach(goBack);
  }
}
