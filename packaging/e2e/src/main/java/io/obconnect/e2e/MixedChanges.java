package io.obconnect.e2e;

import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Changes of random rows of random tables. A table that has run empty gets an insert instead. */
final class MixedChanges implements ChangeGenerator {
  private static final long SEED = 20_261_122;
  private static final int HOT_ROWS = 100;
  private static final int PERCENT = 100;

  private static final class TableRows {
    private final BenchTable table;
    private final LiveKeys live = new LiveKeys();
    private long lastKey;

    private TableRows(BenchTable table, long initialRows) {
      this.table = table;
      for (lastKey = 0; lastKey < initialRows; ) {
        live.add(++lastKey);
      }
    }
  }

  private final Random random = new Random(SEED);
  private final ChangeMix mix;
  private final List<TableRows> tables;

  /** Begins with tables that have the keys from 1 to {@code initialRows}. */
  MixedChanges(ChangeMix mix, List<BenchTable> tables, long initialRows) {
    this.mix = Objects.requireNonNull(mix, "mix");
    this.tables = tables.stream().map(table -> new TableRows(table, initialRows)).toList();
  }

  @Override
  public RowChange next(long number) {
    TableRows rows = tables.get(random.nextInt(tables.size()));
    ChangeMix.Kind kind = mix.at(random.nextInt(PERCENT));
    return switch (rows.live.size() == 0 ? ChangeMix.Kind.INSERT : kind) {
      case INSERT -> insert(rows, number);
      case UPDATE -> update(rows, number);
      case DELETE -> new RowChange.Delete(rows.table, rows.live.remove(pick(rows)));
      case KEY_CHANGE -> changeKey(rows, number);
    };
  }

  private int pick(TableRows rows) {
    return random.nextInt(rows.live.size());
  }

  private static RowChange insert(TableRows rows, long number) {
    long key = addKey(rows);
    return new RowChange.Insert(rows.table, key, rows.table.row(key, number));
  }

  private RowChange update(TableRows rows, long number) {
    boolean hot = random.nextInt(PERCENT) < mix.hotUpdates();
    int bound = hot ? Math.min(HOT_ROWS, rows.live.size()) : rows.live.size();
    long key = rows.live.get(random.nextInt(bound));
    return new RowChange.Update(rows.table, key, key, rows.table.row(key, number));
  }

  private RowChange changeKey(TableRows rows, long number) {
    long oldKey = rows.live.remove(pick(rows));
    long key = addKey(rows);
    return new RowChange.Update(rows.table, oldKey, key, rows.table.row(key, number));
  }

  private static long addKey(TableRows rows) {
    rows.live.add(++rows.lastKey);
    return rows.lastKey;
  }
}
