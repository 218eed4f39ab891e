package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.sink.Arrival.CollectionNames;
import io.obconnect.sink.Arrival.End;
import io.obconnect.sink.Arrival.Member;
import io.obconnect.sink.Arrival.Single;
import io.obconnect.sink.SourceChange.NoChange;
import io.obconnect.sink.TransactionAssembler.Turn;
import io.obconnect.sink.TransactionAssembler.Turn.Together;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Law: in whatever order the partitions are delivered, however the source and the sink are killed
 * and repeat themselves, transactions come out in the order of their commits, each whole, each
 * once.
 */
class TransactionAssemblerTest {
  private static final int PARTITIONS = 3;
  private static final int LARGEST = 6;
  private static final TopicPartition ENDS = new TopicPartition("p.transaction", 0);
  private static final CollectionNames ORDERS = new CollectionNames("shop.orders", "shop.orders");

  private TransactionPoint applied = TransactionPoint.NONE;
  private final TransactionAssembler assembler = assembler(10);

  private TransactionAssembler assembler(int maxRows) {
    return new TransactionAssembler(maxRows, 1_000, "shop.orders"::equals, () -> applied);
  }

  private static TopicPartition partition(int number) {
    return new TopicPartition("p.shop.orders", number);
  }

  private static Member member(int partition, long offset, int transaction, long order) {
    return new Member(
        new TopicPosition(partition(partition), offset),
        null,
        Changes.upsert(1, 1),
        ORDERS,
        "server:" + transaction,
        order,
        new LogPosition(1, "log", transaction * 1_000L + order, transaction),
        1);
  }

  private static End end(long offset, int transaction, long count) {
    return new End(
        new TopicPosition(ENDS, offset),
        null,
        "server:" + transaction,
        transaction,
        Map.of("shop.orders", count, "shop.unknown", 7L),
        1);
  }

  private static Single tombstone(int partition, long offset) {
    return new Single(
        new TopicPosition(partition(partition), offset), null, Optional.of(new NoChange()), 1);
  }

  private Together together() {
    return (Together) assembler.next().orElseThrow();
  }

  @Example
  void transactionGoesWhenItsLastChangeHasCome() {
    assembler.offer(end(0, 1, 2));
    assembler.offer(member(0, 5, 1, 1));
    assertEquals(Optional.empty(), assembler.next());
    assertTrue(assembler.wanted().contains("shop.orders=1"), assembler.wanted());
    assembler.offer(member(1, 7, 1, 2));
    assertEquals(List.of(member(0, 5, 1, 1), member(1, 7, 1, 2)), together().inOrder());
  }

  @Example
  void tombstonesTakeNoRowsRoom() {
    TransactionAssembler small = assembler(2);
    small.offer(end(0, 1, 2));
    for (long offset = 0; offset < 4; offset += 2) {
      assertTrue(small.offer(member(0, offset, 1, 1 + offset / 2)));
      assertTrue(small.offer(tombstone(0, offset + 1)));
    }
    assertEquals(3, ((Together) small.next().orElseThrow()).inOrder().size());
  }

  @Example
  void whatBelongsToNoTransactionDoesNotOvertakeOne() {
    assembler.offer(member(0, 5, 1, 1));
    assembler.offer(tombstone(0, 6));
    assembler.offer(tombstone(1, 9));
    assertEquals(new Turn.Alone(tombstone(1, 9), false), assembler.next().orElseThrow());
    assembler.taken(assembler.next().orElseThrow());
    assertEquals(Optional.empty(), assembler.next());
    assertTrue(assembler.wanted().contains(".transaction"), assembler.wanted());
  }

  @Example
  void whatStandsBetweenTwoChangesGoesWithThem() {
    assembler.offer(member(0, 5, 1, 1));
    assembler.offer(tombstone(0, 6));
    assembler.offer(member(0, 7, 1, 2));
    assembler.offer(tombstone(0, 8));
    assembler.offer(end(0, 1, 2));
    Together whole = together();
    assertEquals(List.of(member(0, 5, 1, 1), tombstone(0, 6), member(0, 7, 1, 2)), whole.inOrder());
    assembler.taken(whole);
    assertEquals(new Turn.Alone(tombstone(0, 8), false), assembler.next().orElseThrow());
  }

  @Example
  void partitionThatRunsAheadIsLeftUntilItsTransactionComes() {
    for (int transaction = 2; transaction < 12; transaction++) {
      assertTrue(assembler.offer(member(0, transaction, transaction, 1)));
    }
    assertFalse(assembler.offer(member(0, 12, 12, 1)), "the buffer is full");
    assertFalse(assembler.offer(member(1, 0, 12, 2)), "nothing says that it is needed");
    assertTrue(assembler.offer(end(0, 1, 1)));
    assertTrue(assembler.mayGoOn(partition(1)), "now it may hold what is needed");
    assertFalse(assembler.mayGoOn(partition(0)));
    assertTrue(assembler.offer(member(2, 0, 1, 1)));
    assertEquals(1, together().inOrder().size());
  }

  @Example
  void transactionLargerThanTheBufferIsRefusedWithItsSize() {
    assembler.offer(end(0, 1, 11));
    ConnectException refused = assertThrows(ConnectException.class, assembler::next);
    assertTrue(refused.getMessage().contains("11 changes"), refused.getMessage());
    assertTrue(refused.getMessage().contains("buffer.max.rows=10"), refused.getMessage());
  }

  @Example
  void endsInTwoPartitionsHaveNoOrder() {
    assembler.offer(end(0, 1, 1));
    End other =
        new End(
            new TopicPosition(new TopicPartition(ENDS.topic(), 1), 0), null, "2", 2, Map.of(), 1);
    assertThrows(ConnectException.class, () -> assembler.offer(other));
  }

  @Example
  void sourceThatCountsAnewIsFoundOut() {
    assembler.offer(member(0, 5, 1, 1));
    Member anew =
        new Member(
            new TopicPosition(partition(0), 6),
            null,
            Changes.upsert(2, 2),
            ORDERS,
            "server:1",
            1,
            new LogPosition(1, "log", 5_000, 1),
            1);
    assembler.offer(anew);
    assembler.offer(end(0, 1, 2));
    assertThrows(ConnectException.class, assembler::next);
  }

  /** A source, Kafka, the assembler's task and a destination, all driven by one random number. */
  private final class World {
    private final Random random;
    private final Map<TopicPartition, List<Arrival>> topics = new LinkedHashMap<>();
    private final Map<TopicPartition, Integer> positions = new HashMap<>();
    private final Map<TopicPartition, Integer> marks = new HashMap<>();
    private final Map<TopicPartition, Integer> leftAt = new HashMap<>();
    private final Deque<Together> inFlight = new ArrayDeque<>();
    private final List<String> committed = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private TransactionPoint stored = TransactionPoint.NONE;
    private TransactionAssembler assembler = assembler(8 * LARGEST);

    World(long seed) {
      random = new Random(seed);
      topics.put(ENDS, new ArrayList<>());
      for (int number = 0; number < PARTITIONS; number++) {
        topics.put(partition(number), new ArrayList<>());
      }
      topics.keySet().forEach(partition -> marks.put(partition, 0));
      positions.putAll(marks);
      emit();
    }

    /** What a source sends that falls back now and then, also into a transaction. */
    private void emit() {
      List<int[]> events = new ArrayList<>();
      for (int transaction = 1; transaction <= 30; transaction++) {
        int size = random.nextInt(LARGEST) + (transaction % 7 == 0 ? 0 : 1);
        for (int order = 1; order <= size; order++) {
          events.add(new int[] {transaction, order, random.nextInt(PARTITIONS), 0});
        }
        events.add(new int[] {transaction, 0, 0, size});
        expected.add(transaction + ":" + LongStream.rangeClosed(1, size).boxed().toList());
      }
      int restarts = 3;
      for (int i = 0; i < events.size(); i++) {
        emit(events.get(i));
        if (restarts > 0 && random.nextInt(20) == 0) {
          restarts--;
          i = Math.max(-1, i - random.nextInt(40));
        }
      }
    }

    private void emit(int[] event) {
      if (event[1] == 0) {
        List<Arrival> ends = topics.get(ENDS);
        ends.add(end(ends.size(), event[0], event[3]));
        return;
      }
      List<Arrival> topic = topics.get(partition(event[2]));
      topic.add(member(event[2], topic.size(), event[0], event[1]));
      if (random.nextInt(5) == 0) {
        topic.add(tombstone(event[2], topic.size()));
      }
    }

    void run() {
      for (int step = 0; step < 100_000 && !isAtEnd(); step++) {
        switch (random.nextInt(40)) {
          case 0 -> crash();
          case 1 -> forget();
          case 2, 3, 4, 5 -> commit();
          default -> deliver();
        }
      }
      assertTrue(isAtEnd(), "everything is read, nothing is waited for");
    }

    private boolean isAtEnd() {
      return inFlight.isEmpty()
          && assembler.isEmpty()
          && topics.keySet().stream().allMatch(p -> positions.get(p) == topics.get(p).size());
    }

    private void deliver() {
      List<TopicPartition> all = List.copyOf(topics.keySet());
      TopicPartition partition = all.get(random.nextInt(all.size()));
      leftAt.keySet().removeIf(assembler::mayGoOn);
      for (int batch = random.nextInt(20); batch > 0 && !leftAt.containsKey(partition); batch--) {
        int position = positions.get(partition);
        if (position < topics.get(partition).size()) {
          if (assembler.offer(topics.get(partition).get(position))) {
            positions.put(partition, position + 1);
          } else {
            leftAt.put(partition, position);
          }
        }
      }
      for (Optional<Turn> turn = assembler.next(); turn.isPresent(); turn = assembler.next()) {
        if (turn.get() instanceof Together whole) {
          inFlight.add(whole);
          applied = after(applied, whole);
        }
        assembler.taken(turn.get());
      }
    }

    private void commit() {
      Together whole = inFlight.poll();
      if (whole == null) {
        return;
      }
      List<Long> orders =
          whole.inOrder().stream()
              .filter(Member.class::isInstance)
              .map(each -> ((Member) each).order())
              .toList();
      committed.add(whole.end().endedMs() + ":" + orders);
      stored = after(stored, whole);
      whole
          .parts()
          .forEach(
              (partition, part) ->
                  marks.put(partition, (int) part.get(part.size() - 1).position().offset() + 1));
    }

    private static TransactionPoint after(TransactionPoint former, Together whole) {
      LogPosition last =
          whole.inOrder().stream()
              .filter(Member.class::isInstance)
              .map(each -> ((Member) each).at())
              .reduce(LogPosition::max)
              .orElse(LogPosition.UNKNOWN);
      return TransactionPoint.parse(former.then(whole.end(), last).position()).orElseThrow();
    }

    /** The sink reads on from its marks. */
    private void crash() {
      applied = stored;
      assembler = assembler(8 * LARGEST);
      inFlight.clear();
      leftAt.clear();
      positions.putAll(marks);
    }

    /** A partition has to wait, and goes back to its first record that was not applied. */
    private void forget() {
      List<TopicPosition> heads = assembler.heads();
      if (!heads.isEmpty()) {
        TopicPosition head = heads.get(random.nextInt(heads.size()));
        assembler.forget(head.partition());
        leftAt.remove(head.partition());
        positions.put(head.partition(), (int) head.offset());
      }
    }
  }

  @Property(tries = 500)
  void transactionsComeOutWholeInOrderAndOnce(@ForAll long seed) {
    applied = TransactionPoint.NONE;
    World world = new World(seed);
    world.run();
    assertEquals(world.expected, world.committed);
  }
}
