package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.ControlWork.ApplyTruncate;
import io.obconnect.sink.ControlWork.ClaimPartitions;
import io.obconnect.sink.ControlWork.ForgetMarks;
import io.obconnect.sink.ControlWork.SealPartition;
import io.obconnect.sink.SinkMetric.Barrier;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the assigned partitions.
 *
 * <pre>
 *   opened --(claimed; blocked meanwhile)--> running --(closed)--> gone
 *   opened --(no marks yet, first record)--> claimed from that record on --> running
 *   running --(truncate, other number of slots)--> blocked until quiet, control lane works --> running
 *   running --(many conflicts)--> the same, with one slot
 *   running --(a table refused)--> blocked until quiet, rewound --> running
 * </pre>
 *
 * <p>Used by the task's thread only.
 */
final class PartitionOwner {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionOwner.class);

  /** Connect tells a task of lost partitions at its next poll. */
  private static final long FENCED_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private record Errand(PartitionProgress progress, Runnable action) {}

  private record Fence(FencedException reason, long sinceNanos) {}

  private final SinkTaskContext context;
  private final PartitionGate gate;
  private final Consumer<ControlWork> control;
  private final int slots;
  private final boolean exactlyOnce;
  private final SinkMetrics metrics;
  private final Set<TopicPartition> assigned = ConcurrentHashMap.newKeySet();
  private final Map<TopicPartition, PartitionProgress> progresses = new HashMap<>();
  private final Map<TopicPartition, Errand> errands = new HashMap<>();
  private final Map<TopicPartition, Fence> fences = new HashMap<>();
  private final Map<TopicPartition, Long> claiming = new HashMap<>();
  private final Set<TopicPartition> undivided = new HashSet<>();
  private long lastClaim;

  /**
   * An owner of no partition.
   *
   * @param control takes what is to be done in the destination
   * @param slots into how many slots partitions are divided
   * @param exactlyOnce whether marks are kept
   */
  PartitionOwner(
      SinkTaskContext context,
      PartitionGate gate,
      Consumer<ControlWork> control,
      int slots,
      boolean exactlyOnce,
      SinkMetrics metrics) {
    this.context = Objects.requireNonNull(context, "context");
    this.gate = Objects.requireNonNull(gate, "gate");
    this.control = Objects.requireNonNull(control, "control");
    this.slots = slots;
    this.exactlyOnce = exactlyOnce;
    this.metrics = Objects.requireNonNull(metrics, "metrics");
  }

  void open(Collection<TopicPartition> partitions) {
    assigned.addAll(partitions);
    if (exactlyOnce) {
      partitions.forEach(gate::block);
      claim(List.copyOf(partitions), OptionalLong.empty());
    } else {
      partitions.forEach(
          partition ->
              progresses.put(
                  partition, new PartitionProgress(PartitionClaim.unmarked(partition, slots))));
      control.accept(new ForgetMarks(List.copyOf(partitions), assigned::contains));
    }
  }

  private void claim(List<TopicPartition> partitions, OptionalLong startOffset) {
    if (partitions.isEmpty()) {
      return;
    }
    long number = ++lastClaim;
    partitions.forEach(partition -> claiming.put(partition, number));
    control.accept(
        new ClaimPartitions(
            partitions,
            assigned::contains,
            slots,
            startOffset,
            claims -> claimed(number, partitions, claims)));
  }

  /** A partition that was lost and assigned anew meanwhile waits for its later claim. */
  private void claimed(long number, List<TopicPartition> asked, List<PartitionClaim> claims) {
    claims.stream().filter(claim -> isLatest(number, claim.partition())).forEach(this::claimed);
    for (TopicPartition partition : asked) {
      if (isLatest(number, partition)) {
        claiming.remove(partition);
        gate.unblock(partition);
      }
    }
  }

  private boolean isLatest(long number, TopicPartition partition) {
    return claiming.getOrDefault(partition, -1L) == number;
  }

  private void claimed(PartitionClaim claim) {
    TopicPartition partition = claim.partition();
    progresses.put(partition, new PartitionProgress(claim));
    context.offset(partition, claim.resumeOffset());
    LOG.info(
        "{} goes on at offset {}{}",
        partition,
        claim.resumeOffset(),
        claim.isSealed() ? "" : ", parts of it at " + claim.endOffset());
  }

  /**
   * The progress of a record's partition; empty when the partition has to be claimed first, and the
   * record comes again after that.
   *
   * @throws ConnectException when the record was read before: its offset now means another one
   */
  Optional<PartitionProgress> progress(TopicPosition position) {
    TopicPartition partition = position.partition();
    PartitionProgress progress = progresses.get(partition);
    if (progress == null) {
      gate.block(position);
      claim(List.of(partition), OptionalLong.of(position.offset()));
      return Optional.empty();
    }
    long expected = progress.nextOffset().orElse(0);
    if (progress.claim().isMarked() && position.offset() < expected) {
      throw new ConnectException(
          position
              + " comes although everything before offset "
              + expected
              + " has been read: the topic was created anew, or its end was cut off. If that is"
              + " meant, stop the connector, let this partition begin anew by PATCH"
              + " /connectors/NAME/offsets with "
              + startOver(partition)
              + ", then resume it. DELETE forgets only partitions whose offsets Kafka still has");
    }
    progress.startAt(position.offset());
    return Optional.of(progress);
  }

  private static String startOver(TopicPartition partition) {
    return "{\"offsets\":[{\"partition\":{\"kafka_topic\":\"%s\",\"kafka_partition\":%d},\"offset\":null}]}"
        .formatted(partition.topic(), partition.partition());
  }

  /** The progress of a partition; empty while it is not this task's, or not claimed yet. */
  Optional<PartitionProgress> current(TopicPartition partition) {
    return Optional.ofNullable(progresses.get(partition));
  }

  Collection<PartitionProgress> progresses() {
    return progresses.values();
  }

  OptionalLong finishedOffset(TopicPartition partition) {
    PartitionProgress progress = progresses.get(partition);
    return progress == null ? OptionalLong.empty() : progress.finishedOffset();
  }

  /**
   * Empties a table when everything before the record is applied, then lets its partition go on.
   *
   * @param table the source's
   */
  void truncateWhenQuiet(
      PartitionProgress progress, TopicPosition position, TableId table, TablePlan plan) {
    metrics.barrier(Barrier.TRUNCATE);
    long next = position.offset() + 1;
    gate.block(position.partition());
    Consumer<PartitionClaim> done = goOn(progress, next);
    errands.put(
        position.partition(),
        new Errand(
            progress,
            () ->
                control.accept(
                    new ApplyTruncate(
                        progress,
                        position.offset(),
                        table,
                        plan,
                        slotsOf(position.partition()),
                        done))));
  }

  private void sealWhenQuiet(PartitionProgress progress, long next) {
    metrics.barrier(Barrier.SEAL);
    TopicPartition partition = progress.claim().partition();
    gate.block(partition);
    Consumer<PartitionClaim> done = goOn(progress, next);
    errands.put(
        partition,
        new Errand(
            progress,
            () -> control.accept(new SealPartition(progress, next, slotsOf(partition), done))));
  }

  private Consumer<PartitionClaim> goOn(PartitionProgress former, long next) {
    return claim -> {
      TopicPartition partition = claim.partition();
      if (isCurrent(former)) {
        PartitionProgress progress = new PartitionProgress(claim);
        progress.startAt(next);
        progresses.put(partition, progress);
        gate.unblock(partition);
      }
    };
  }

  /** Leaves a record and all that follow until everything before is done. */
  void pauseUntilQuiet(PartitionProgress progress, TopicPosition position) {
    gate.block(position);
    errands.put(
        position.partition(), new Errand(progress, () -> gate.unblock(position.partition())));
  }

  /**
   * Lets a partition whose work was withdrawn go back, once the lanes have left it. Whatever else
   * was to be done when it is quiet is met again after that.
   *
   * @param rewound takes the offset that the partition goes back to
   */
  void rewindWhenQuiet(PartitionProgress progress, LongConsumer rewound) {
    TopicPartition partition = progress.claim().partition();
    if (!isCurrent(progress)) {
      return;
    }
    metrics.barrier(Barrier.REWIND);
    gate.block(partition);
    errands.put(
        partition,
        new Errand(
            progress,
            () -> {
              rewound.accept(progress.rewind());
              gate.unblock(partition);
            }));
  }

  /** Whether something is still to be done before the partition may go on. */
  boolean hasErrand(TopicPartition partition) {
    return errands.containsKey(partition);
  }

  private boolean isCurrent(PartitionProgress progress) {
    return progresses.get(progress.claim().partition()) == progress;
  }

  /**
   * Another task has taken a partition over; Connect is expected to say so, too. Where it has done
   * so and given the partition back, the news is out of date.
   */
  void fenced(FencedException reason, long nowNanos) {
    PartitionProgress progress = progresses.get(reason.partition());
    if (progress != null && reason.concerns(progress.claim())) {
      LOG.warn("{}", reason.getMessage());
      fences.putIfAbsent(reason.partition(), new Fence(reason, nowNanos));
      gate.block(reason.partition());
    }
  }

  /** Runs the errands of partitions that have become quiet. */
  void review(long nowNanos) {
    fences.values().stream()
        .filter(fence -> nowNanos - fence.sinceNanos() > FENCED_TIMEOUT_NANOS)
        .findFirst()
        .ifPresent(
            fence -> {
              throw fence.reason();
            });
    for (Iterator<Errand> each = errands.values().iterator(); each.hasNext(); ) {
      Errand errand = each.next();
      if (errand.progress().isQuiet()) {
        each.remove();
        errand.action().run();
      }
    }
    keepTogether();
    divideAnew();
  }

  /** Lanes that wait for each other all the time are slower than one that need not. */
  private void keepTogether() {
    for (PartitionProgress progress : progresses.values()) {
      TopicPartition partition = progress.claim().partition();
      if (progress.conflicts().isHigh() && slots > 1 && undivided.add(partition)) {
        LOG.info(
            "{}: {} or more of {} changes waited for another lane, because rows pass unique values to each other;"
                + " from now on one lane applies all of them",
            partition,
            ConflictShare.MANY,
            ConflictShare.SAMPLE);
      }
    }
  }

  private int slotsOf(TopicPartition partition) {
    return undivided.contains(partition) ? 1 : slots;
  }

  /** A partition that is not divided as it should be, and whose slots have drawn level. */
  private void divideAnew() {
    List<PartitionProgress> level =
        progresses.values().stream()
            .filter(progress -> progress.claim().slots() != slotsOf(progress.claim().partition()))
            .filter(progress -> !gate.holds(progress.claim().partition()))
            .filter(progress -> progress.nextOffset().orElse(-1) >= progress.claim().endOffset())
            .toList();
    level.forEach(progress -> sealWhenQuiet(progress, progress.nextOffset().getAsLong()));
  }

  /** Whether a partition waits for the task, not for somebody else. */
  boolean isWaiting() {
    return !claiming.isEmpty() || !errands.isEmpty();
  }

  /** Makes the lanes drop what they have not begun of these partitions. */
  void withdraw(Collection<TopicPartition> partitions) {
    assigned.removeAll(partitions);
    partitions.stream()
        .map(progresses::get)
        .filter(Objects::nonNull)
        .forEach(PartitionProgress::withdraw);
  }

  void closed(Collection<TopicPartition> partitions) {
    partitions.forEach(progresses::remove);
    partitions.forEach(errands::remove);
    partitions.forEach(fences::remove);
    partitions.forEach(claiming::remove);
    partitions.forEach(undivided::remove);
  }
}
