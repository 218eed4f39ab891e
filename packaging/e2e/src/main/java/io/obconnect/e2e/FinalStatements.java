package io.obconnect.e2e;

import io.obconnect.model.SqlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The SQL text that a workload comes down to: of several changes of one key in {@value
 * #WINDOW_CHANGES} only the last counts; of each table first the removed keys, then the written
 * rows in the order of their last change, in one upsert cut at about {@value #FULL_CHARS}
 * characters. This is what the engine has to execute at least when nothing is known about the
 * changes to come. New rows are inserted, in one INSERT; other statements have at most {@value
 * #MAX_ROUNDED} rows, and a power of two, so that OceanBase has a plan for them.
 */
final class FinalStatements {
  static final int WINDOW_CHANGES = 5_000;
  static final int FULL_CHARS = 1024 * 1024;
  static final int MAX_ROUNDED = 512;

  /** What is left of a key's changes; the row is empty when it is gone. */
  private record KeyState(long key, Optional<List<String>> row, boolean isNew) {}

  /** One client's part. */
  private static final class Client {
    private final List<String> statements = new ArrayList<>();

    private final Map<BenchTable, Map<Long, KeyState>> window = new LinkedHashMap<>();

    private int changes;

    private void put(BenchTable table, KeyState state) {
      Map<Long, KeyState> rows = window.computeIfAbsent(table, t -> new LinkedHashMap<>());
      KeyState earlier = rows.remove(state.key());
      boolean isNew = earlier == null ? state.isNew() : earlier.isNew();
      rows.put(state.key(), new KeyState(state.key(), state.row(), isNew));
      if (++changes == WINDOW_CHANGES) {
        close();
      }
    }

    private void close() {
      window.forEach(
          (table, rows) -> {
            statements.addAll(deletes(table, rows.values()));
            statements.addAll(inserts(table, rows.values()));
            statements.addAll(upserts(table, rows.values()));
          });
      window.clear();
      changes = 0;
    }
  }

  private final Workload workload;
  private final List<Client> clients;

  private FinalStatements(Workload workload, int clientCount) {
    this.workload = Objects.requireNonNull(workload, "workload");
    this.clients = Stream.generate(Client::new).limit(clientCount).toList();
  }

  /**
   * The statements for each of several clients that need not wait for one another, because each has
   * tables or keys of its own.
   */
  static List<List<String>> of(Workload workload, long changes, int clientCount) {
    FinalStatements all = new FinalStatements(workload, clientCount);
    workload.changes(changes).forEachOrdered(all::add);
    all.clients.forEach(Client::close);
    return all.clients.stream().map(client -> List.copyOf(client.statements)).toList();
  }

  private void add(RowChange change) {
    BenchTable table = change.table();
    if (change instanceof RowChange.Insert insert) {
      put(table, new KeyState(insert.key(), Optional.of(insert.row()), true));
    } else if (change instanceof RowChange.Delete delete) {
      put(table, new KeyState(delete.key(), Optional.empty(), false));
    } else if (change instanceof RowChange.Update update) {
      if (update.oldKey() != update.key()) {
        put(table, new KeyState(update.oldKey(), Optional.empty(), false));
      }
      put(table, new KeyState(update.key(), Optional.of(update.row()), false));
    }
  }

  private void put(BenchTable table, KeyState state) {
    boolean byTable = workload.tables().size() >= clients.size();
    long part = byTable ? workload.tables().indexOf(table) : state.key();
    clients.get((int) Math.floorMod(part, (long) clients.size())).put(table, state);
  }

  private static List<String> deletes(BenchTable table, Collection<KeyState> rows) {
    return rounded(
        "DELETE FROM " + table.id().quoted() + " WHERE id IN (",
        ")",
        rows.stream()
            .filter(row -> row.row().isEmpty())
            .map(row -> Long.toString(row.key()))
            .toList());
  }

  private static List<String> inserts(BenchTable table, Collection<KeyState> rows) {
    return statements(table.into("INSERT"), "", written(table, rows, true));
  }

  /** ON DUPLICATE KEY UPDATE would change another row where there are further unique keys. */
  private static List<String> upserts(BenchTable table, Collection<KeyState> rows) {
    return rounded(
        table.into(table.furtherUniqueKeys() ? "REPLACE" : "INSERT"),
        table.furtherUniqueKeys() ? "" : onDuplicateKey(table),
        written(table, rows, false));
  }

  /** OceanBase keeps a plan for each number of tuples, so only a few numbers are used. */
  private static List<String> rounded(String head, String tail, List<String> tuples) {
    List<String> statements = new ArrayList<>();
    for (int from = 0; from < tuples.size(); ) {
      int to = from + Math.min(MAX_ROUNDED, Integer.highestOneBit(tuples.size() - from));
      statements.addAll(statements(head, tail, tuples.subList(from, to)));
      from = to;
    }
    return statements;
  }

  private static List<String> statements(String head, String tail, List<String> tuples) {
    List<String> statements = new ArrayList<>();
    new MultiRowStatements(head, tail, FULL_CHARS, Integer.MAX_VALUE, tuples.stream())
        .forEachRemaining(statements::add);
    return statements;
  }

  /** With further unique keys a new row may take the value of one that is yet to be replaced. */
  private static List<String> written(
      BenchTable table, Collection<KeyState> rows, boolean inserted) {
    return rows.stream()
        .filter(row -> (row.isNew() && !table.furtherUniqueKeys()) == inserted)
        .flatMap(row -> row.row().stream())
        .map(BenchTable::tuple)
        .toList();
  }

  private static String onDuplicateKey(BenchTable table) {
    List<String> updates =
        table.columns().stream()
            .skip(1)
            .map(SqlText::identifier)
            .map(column -> column + "=VALUES(" + column + ")")
            .toList();
    return " ON DUPLICATE KEY UPDATE " + String.join(",", updates);
  }
}
