package io.obconnect.e2e;

import io.obconnect.model.TableId;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The workloads of the sink's benchmark. */
final class Workloads {
  static final Workload INSERT_ONLY = mixed("insert-only", 1, 0, new ChangeMix(100, 0, 0, 0, 0));
  static final Workload MIXED = mixed("mixed", 1, 20, new ChangeMix(40, 30, 20, 10, 0));
  static final Workload UNIQUE_KEYS = uniqueKeys("unique-keys", 20);

  private static final int SMALL_TABLES = 20;

  static final List<Workload> ALL =
      List.of(
          INSERT_ONLY,
          mixed("update-heavy", 1, 20, new ChangeMix(5, 95, 0, 0, 80)),
          mixed("delete-heavy", 1, 75, new ChangeMix(20, 10, 70, 0, 0)),
          MIXED,
          mixed("small-tables", SMALL_TABLES, 10, new ChangeMix(50, 40, 10, 0, 0)),
          UNIQUE_KEYS);

  private Workloads() {}

  static List<String> names() {
    return ALL.stream().map(Workload::name).toList();
  }

  private static Workload mixed(String name, int tableCount, int initialPercent, ChangeMix mix) {
    List<BenchTable> tables =
        IntStream.rangeClosed(1, tableCount)
            .mapToObj(i -> String.format(Locale.ROOT, "orders_%02d", i))
            .map(table -> OrdersTable.at(new TableId(database(name), table)))
            .toList();
    return new Workload(
        name, tables, initialPercent, initialRows -> new MixedChanges(mix, tables, initialRows));
  }

  private static Workload uniqueKeys(String name, int initialPercent) {
    BenchTable table = AccountsTable.at(new TableId(database(name), "accounts"));
    return new Workload(
        name,
        List.of(table),
        initialPercent,
        initialRows -> new UniqueValueChanges(table, initialRows));
  }

  private static String database(String workload) {
    return "bench_" + workload.replace('-', '_');
  }
}
