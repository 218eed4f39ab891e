package io.obconnect.sink;

import io.obconnect.model.TableId;
import io.obconnect.sink.Arrival.End;
import io.obconnect.sink.Arrival.Member;
import io.obconnect.sink.Arrival.Single;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Gathers the source's transactions from partitions that are delivered independently. A partition
 * is a queue whose records keep their order; the ends of transactions come in one partition, in the
 * order of the commits. The transaction whose end comes first is whole when as many of its changes
 * have been read from each chosen table as its end says.
 *
 * <p>Records that belong to no transaction go as soon as nothing stands before them. Those between
 * two changes of a transaction go with it. What was sent again goes as soon as the transaction is
 * known to have been applied; within a transaction that is being gathered it is known by its
 * number.
 *
 * <p>Memory is bounded: when it is full, only what the current transaction waits for is taken, and
 * all other records are left in Kafka. One thread only.
 */
final class TransactionAssembler {
  /** What helps where the records do not make up whole transactions. */
  static final String WAY_OUT =
      "To get past it, pause the source, set "
          + WriteOptions.TRANSACTION_MODE
          + "=row until the sink has no lag, set it back, and resume the source";

  /** What may go now. */
  sealed interface Turn {
    /**
     * A record that belongs to no transaction, or comes again.
     *
     * @param repeated whether it has been applied
     */
    record Alone(Arrival arrival, boolean repeated) implements Turn {}

    /**
     * A transaction.
     *
     * @param parts all records that it takes from the partitions, at least one of each
     * @param inOrder those that are to be applied, in the source's order; no end
     */
    record Together(End end, Map<TopicPartition, List<Arrival>> parts, List<Arrival> inOrder)
        implements Turn {
      public Together {
        parts = Map.copyOf(parts);
        inOrder = List.copyOf(inOrder);
      }
    }
  }

  /** What decided about a record that was left: it may be wanted when this has changed. */
  private record Moment(String current, String applied) {}

  private record Ordered(long order, Arrival arrival) {}

  private final Map<TopicPartition, Deque<Arrival>> queues = new LinkedHashMap<>();
  private final Map<TopicPartition, Moment> left = new HashMap<>();
  private final int maxRows;
  private final long maxBytes;
  private final Predicate<String> selected;
  private final Supplier<TransactionPoint> applied;
  private TopicPartition ends;
  private long rows;
  private long bytes;

  /**
   * An assembler without records.
   *
   * @param maxRows rows that may wait; a larger transaction is refused
   * @param maxBytes the same in bytes
   * @param selected whether the changes of a table are waited for, by the source's name of it
   * @param applied what has been given to the lane; it is dropped only together with all that waits
   *     here
   */
  TransactionAssembler(
      int maxRows, long maxBytes, Predicate<String> selected, Supplier<TransactionPoint> applied) {
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
    this.selected = Objects.requireNonNull(selected, "selected");
    this.applied = Objects.requireNonNull(applied, "applied");
  }

  /**
   * Takes a record.
   *
   * @return false when it has to be left in Kafka, and all that follow in its partition, until
   *     {@link #mayGoOn}
   * @throws ConnectException when the transaction is too large, or the order of the commits is not
   *     to be known
   */
  boolean offer(Arrival arrival) {
    TopicPartition partition = arrival.position().partition();
    if (arrival instanceof End) {
      requireOneOrder(partition);
    }
    if (isAbove(1)) {
      if (!isWanted(arrival)) {
        left.put(partition, moment());
        return false;
      }
      if (isAbove(2)) {
        throw tooLarge(current().map(End::id).orElse(""), "");
      }
    }
    Deque<Arrival> queue = queues.computeIfAbsent(partition, p -> new ArrayDeque<>());
    TransactionPoint point = applied.get();
    if (isApplied(arrival, point) && !queue.isEmpty() && isApplied(queue.getLast(), point)) {
      // A restarted source may repeat much: of that the last record says all.
      count(queue.removeLast());
    }
    queue.add(arrival);
    // Tombstones and ends are small.
    rows += arrival.row().isPresent() ? 1 : 0;
    bytes += arrival.sizeBytes();
    return true;
  }

  private void requireOneOrder(TopicPartition partition) {
    if (ends != null && !ends.equals(partition)) {
      throw new ConnectException(
          "transactions end in "
              + ends
              + " and in "
              + partition
              + ", so that the order of their commits is not to be known; "
              + WriteOptions.TRANSACTION_MODE
              + "=source needs a transaction topic with one partition, and one source for a"
              + " connector");
    }
    ends = partition;
  }

  private boolean isAbove(int times) {
    return rows >= (long) maxRows * times || bytes >= maxBytes * times;
  }

  private boolean isWanted(Arrival arrival) {
    if (isAhead(arrival.position().partition())) {
      return false;
    }
    return arrival instanceof Single
        || isApplied(arrival, applied.get())
        || current().map(end -> isPart(arrival, end)).orElse(arrival instanceof End);
  }

  private static boolean isPart(Arrival arrival, End end) {
    return arrival instanceof Member member && member.transaction().equals(end.id());
  }

  private static boolean isSame(Arrival one, Arrival other) {
    return other != null && one.position().equals(other.position());
  }

  /** Whether a partition has come to a later transaction than the current one. */
  private boolean isAhead(TopicPartition partition) {
    Deque<Arrival> queue = queues.get(partition);
    if (queue == null) {
      return false;
    }
    End current = current().orElse(null);
    for (Iterator<Arrival> each = queue.descendingIterator(); each.hasNext(); ) {
      Arrival last = each.next();
      if (!(last instanceof Single)) {
        boolean isCurrent = current != null && (isSame(last, current) || isPart(last, current));
        return !isCurrent && !isApplied(last, applied.get());
      }
    }
    return false;
  }

  /** Whether a partition whose records were left may be read on. */
  boolean mayGoOn(TopicPartition partition) {
    boolean hasRoom = rows < maxRows / 2 && bytes < maxBytes / 2;
    boolean goesOn = hasRoom || (!isAhead(partition) && !moment().equals(left.get(partition)));
    if (goesOn) {
      left.remove(partition);
    }
    return goesOn;
  }

  private Moment moment() {
    return new Moment(current().map(End::id).orElse(""), applied.get().id());
  }

  /** The end that comes first. */
  private Optional<End> current() {
    return Optional.ofNullable(queues.get(ends))
        .map(Deque::peek)
        .filter(End.class::isInstance)
        .map(End.class::cast);
  }

  private static boolean isApplied(Arrival arrival, TransactionPoint point) {
    return (arrival instanceof Member member && point.includes(member.at()))
        || (arrival instanceof End end && point.includes(end));
  }

  /**
   * What may go now; {@link #taken} or {@link #forget} has to follow.
   *
   * @throws ConnectException when the transaction is too large, or its changes contradict
   */
  Optional<Turn> next() {
    TransactionPoint point = applied.get();
    for (Deque<Arrival> queue : queues.values()) {
      Arrival head = queue.element();
      boolean repeated = isApplied(head, point);
      if (repeated || head instanceof Single) {
        return Optional.of(new Turn.Alone(head, repeated));
      }
    }
    return current().flatMap(end -> whole(end, point));
  }

  private Optional<Turn> whole(End end, TransactionPoint point) {
    long expected = expected(end).values().stream().mapToLong(Long::longValue).sum();
    if (expected > maxRows) {
      throw tooLarge(end.id(), " (" + expected + " changes)");
    }
    Map<TopicPartition, List<Arrival>> parts = new LinkedHashMap<>();
    queues.forEach(
        (partition, queue) -> {
          List<Arrival> part = part(queue, end, point);
          if (!part.isEmpty()) {
            parts.put(partition, part);
          }
        });
    Map<Long, Member> members = members(end, parts.values());
    return lacks(end, members.values()).isEmpty()
        ? Optional.of(new Turn.Together(end, parts, inOrder(end, parts.values(), members)))
        : Optional.empty();
  }

  /** The records up to the last one of a transaction, which has been read so far. */
  private static List<Arrival> part(Deque<Arrival> queue, End end, TransactionPoint point) {
    List<Arrival> seen = new ArrayList<>();
    int length = 0;
    for (Arrival each : queue) {
      boolean belongs = isSame(each, end) || isPart(each, end);
      boolean passes = each instanceof Single single && single.isOrdinary();
      if (!belongs && !passes && !isApplied(each, point)) {
        break;
      }
      seen.add(each);
      length = belongs ? seen.size() : length;
    }
    return List.copyOf(seen.subList(0, length));
  }

  /** The changes of a transaction, the first of those that came twice. */
  private static Map<Long, Member> members(End end, Collection<List<Arrival>> parts) {
    Map<Long, Member> members = new TreeMap<>();
    for (List<Arrival> part : parts) {
      for (Arrival each : part) {
        if (isPart(each, end)) {
          Member member = (Member) each;
          Member first = members.putIfAbsent(member.order(), member);
          requireSame(first, member);
        }
      }
    }
    return members;
  }

  private static void requireSame(Member first, Member second) {
    if (first != null && !first.at().equals(second.at())) {
      throw new ConnectException(
          "two changes of transaction "
              + second.transaction()
              + " have one number: "
              + first.position()
              + " and "
              + second.position()
              + "; the source has counted anew after a restart, which Debezium 3.6 does not. "
              + WAY_OUT);
    }
  }

  private Map<String, Long> expected(End end) {
    return end.counts().entrySet().stream()
        .filter(count -> selected.test(count.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** How many changes of which tables have not come. */
  private Map<String, Long> lacks(End end, Collection<Member> members) {
    Map<String, Long> lacks = new TreeMap<>();
    expected(end)
        .forEach(
            (collection, count) -> {
              long found = members.stream().filter(m -> m.collection().include(collection)).count();
              if (found < count) {
                lacks.put(collection, count - found);
              }
            });
    return lacks;
  }

  private static List<Arrival> inOrder(
      End end, Collection<List<Arrival>> parts, Map<Long, Member> members) {
    List<Ordered> ordered = new ArrayList<>();
    for (List<Arrival> part : parts) {
      long order = 0;
      for (Arrival each : part) {
        if (isPart(each, end)) {
          order = ((Member) each).order();
        }
        if (each instanceof Single || isSame(each, members.get(order))) {
          ordered.add(new Ordered(order, each));
        }
      }
    }
    return ordered.stream()
        .sorted(Comparator.comparingLong(Ordered::order))
        .map(Ordered::arrival)
        .toList();
  }

  private ConnectException tooLarge(String transaction, String size) {
    return new ConnectException(
        "transaction "
            + transaction
            + size
            + " is larger than "
            + WriteOptions.BUFFER_MAX_ROWS
            + "="
            + maxRows
            + " or "
            + WriteOptions.BUFFER_MAX_BYTES
            + "="
            + maxBytes
            + ", so it cannot be applied as one; raise these options and the worker's memory. "
            + WAY_OUT);
  }

  /** Removes what has gone. */
  void taken(Turn turn) {
    Stream<Arrival> gone =
        turn instanceof Turn.Together together
            ? together.parts().values().stream().flatMap(List::stream)
            : Stream.of(((Turn.Alone) turn).arrival());
    gone.forEach(
        arrival -> {
          TopicPartition partition = arrival.position().partition();
          queues.get(partition).remove();
          count(arrival);
          queues.computeIfPresent(partition, (p, queue) -> queue.isEmpty() ? null : queue);
        });
  }

  private void count(Arrival gone) {
    rows -= gone.row().isPresent() ? 1 : 0;
    bytes -= gone.sizeBytes();
  }

  /** Drops the records of a partition: they come again. */
  void forget(TopicPartition partition) {
    left.remove(partition);
    Optional.ofNullable(queues.remove(partition)).ifPresent(queue -> queue.forEach(this::count));
  }

  /** The first record of each partition that has any. */
  List<TopicPosition> heads() {
    return queues.values().stream().map(queue -> queue.element().position()).toList();
  }

  boolean isEmpty() {
    return queues.isEmpty();
  }

  /** Whether a row waits here that is not certain to stand behind a position. */
  boolean holdsBefore(TableId table, LogPosition position) {
    return queues.values().stream()
        .flatMap(Deque::stream)
        .map(Arrival::row)
        .flatMap(Optional::stream)
        .filter(row -> row.table().equals(table))
        .anyMatch(row -> !LogPosition.of(row.source()).isAfter(position));
  }

  /** What has to come before anything can go. */
  String wanted() {
    TransactionPoint point = applied.get();
    return current()
        .map(
            end -> {
              List<List<Arrival>> parts =
                  queues.values().stream().map(queue -> part(queue, end, point)).toList();
              return "transaction "
                  + end.id()
                  + " lacks changes of "
                  + lacks(end, members(end, parts).values())
                  + "; subscribe to the topics of all its tables, or leave tables out with "
                  + SelectionOptions.TABLES_EXCLUDE
                  + ", and let no transformation drop changes";
            })
        .orElseGet(
            () ->
                "the end of the transaction of "
                    + heads().get(0)
                    + " has not come; subscribe to the source's transaction topic (its name ends"
                    + " with .transaction)");
  }
}
