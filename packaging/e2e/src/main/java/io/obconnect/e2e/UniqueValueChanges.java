package io.obconnect.e2e;

import io.obconnect.e2e.AccountsTable.UniqueValues;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Changes of {@link AccountsTable} in which unique values move: an account hands its address over
 * to another one in the next change, and a new account takes the address of a deleted one.
 *
 * <p>Values move only between keys with the same remainder by {@value #CLASSES}, so that a replay
 * can be shared out among as many clients.
 */
final class UniqueValueChanges implements ChangeGenerator {
  static final int CLASSES = 4;

  private static final long SEED = 20_261_123;
  private static final int PERCENT = 100;

  /** Far from every key: the numbers of a new row's values are its key. */
  private static final long FIRST_FRESH_VALUE = 1L << 40;

  private static final class KeyClass {
    private final LiveKeys live = new LiveKeys();
    private final Deque<UniqueValues> free = new ArrayDeque<>();
  }

  private final Random random = new Random(SEED);
  private final BenchTable table;
  private final List<KeyClass> classes = Stream.generate(KeyClass::new).limit(CLASSES).toList();
  private final Map<Long, UniqueValues> values = new HashMap<>();
  private Optional<Handover> begun = Optional.empty();
  private long lastKey;
  private long nextFreshValue = FIRST_FRESH_VALUE;

  private record Handover(long receiver, long email) {}

  /** Begins with a table that has the keys from 1 to {@code initialRows}. */
  UniqueValueChanges(BenchTable table, long initialRows) {
    this.table = Objects.requireNonNull(table, "table");
    while (lastKey < initialRows) {
      addKey(new UniqueValues(lastKey + 1, lastKey + 1));
    }
  }

  @Override
  public RowChange next(long number) {
    if (begun.isPresent()) {
      return endHandover(number);
    }
    KeyClass keys = classes.get(random.nextInt(CLASSES));
    int percent = random.nextInt(PERCENT);
    if (keys.live.size() < 2 || percent < 35) {
      return insert(number);
    } else if (percent < 65) {
      long key = keys.live.get(random.nextInt(keys.live.size()));
      return update(key, values.get(key), number);
    } else if (percent < 80) {
      return delete(keys);
    }
    return beginHandover(keys, number);
  }

  private RowChange insert(long number) {
    Deque<UniqueValues> free = classOf(lastKey + 1).free;
    UniqueValues taken =
        free.isEmpty() || random.nextBoolean()
            ? new UniqueValues(lastKey + 1, lastKey + 1)
            : free.removeFirst();
    long key = addKey(taken);
    return new RowChange.Insert(table, key, AccountsTable.row(key, number, taken));
  }

  private RowChange update(long key, UniqueValues newValues, long number) {
    values.put(key, newValues);
    return new RowChange.Update(table, key, key, AccountsTable.row(key, number, newValues));
  }

  private RowChange delete(KeyClass keys) {
    long key = keys.live.remove(random.nextInt(keys.live.size()));
    keys.free.addLast(values.remove(key));
    return new RowChange.Delete(table, key);
  }

  private RowChange beginHandover(KeyClass keys, long number) {
    int giver = random.nextInt(keys.live.size());
    int receiver = (giver + 1 + random.nextInt(keys.live.size() - 1)) % keys.live.size();
    long key = keys.live.get(giver);
    UniqueValues given = values.get(key);
    begun = Optional.of(new Handover(keys.live.get(receiver), given.email()));
    return update(key, new UniqueValues(nextFreshValue++, given.phone()), number);
  }

  private RowChange endHandover(long number) {
    Handover handover = begun.orElseThrow();
    begun = Optional.empty();
    long phone = values.get(handover.receiver()).phone();
    return update(handover.receiver(), new UniqueValues(handover.email(), phone), number);
  }

  private long addKey(UniqueValues taken) {
    lastKey++;
    classOf(lastKey).live.add(lastKey);
    values.put(lastKey, taken);
    return lastKey;
  }

  private KeyClass classOf(long key) {
    return classes.get((int) (key % CLASSES));
  }
}
