package io.obconnect.e2e;

import io.obconnect.model.SqlText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The SQL text that a workload comes down to: of several changes of one key in {@value
 * #WINDOW_CHANGES} only the last counts; of each table first the removed keys, in one DELETE, then
 * the written rows in the order of their last change, in one upsert, both cut at about {@value
 * #FULL_CHARS} characters. This is what the engine has to execute at least when nothing is known
 * about the changes to come.
 */
final class FinalStatements {
  static final int WINDOW_CHANGES = 5_000;
  static final int FULL_CHARS = 1024 * 1024;

  /** One client's part. */
  private static final class Client {
    private final List<String> statements = new ArrayList<>();

    /** The last state of each key by table; empty when the row is gone. */
    private final Map<BenchTable, Map<Long, Optional<List<String>>>> window = new LinkedHashMap<>();

    private int changes;

    private void put(BenchTable table, long key, Optional<List<String>> row) {
      Map<Long, Optional<List<String>>> rows =
          window.computeIfAbsent(table, t -> new LinkedHashMap<>());
      rows.remove(key);
      rows.put(key, row);
      if (++changes == WINDOW_CHANGES) {
        close();
      }
    }

    private void close() {
      window.forEach(
          (table, rows) -> {
            deletes(table, rows).forEachRemaining(statements::add);
            upserts(table, rows).forEachRemaining(statements::add);
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
      put(table, insert.key(), Optional.of(insert.row()));
    } else if (change instanceof RowChange.Delete delete) {
      put(table, delete.key(), Optional.empty());
    } else if (change instanceof RowChange.Update update) {
      if (update.oldKey() != update.key()) {
        put(table, update.oldKey(), Optional.empty());
      }
      put(table, update.key(), Optional.of(update.row()));
    }
  }

  private void put(BenchTable table, long key, Optional<List<String>> row) {
    boolean byTable = workload.tables().size() >= clients.size();
    long part = byTable ? workload.tables().indexOf(table) : key;
    clients.get((int) Math.floorMod(part, (long) clients.size())).put(table, key, row);
  }

  private static Iterator<String> deletes(
      BenchTable table, Map<Long, Optional<List<String>>> rows) {
    return new MultiRowStatements(
        "DELETE FROM " + table.id().quoted() + " WHERE id IN (",
        ")",
        FULL_CHARS,
        rows.entrySet().stream()
            .filter(row -> row.getValue().isEmpty())
            .map(row -> row.getKey().toString()));
  }

  /** ON DUPLICATE KEY UPDATE would change another row where there are further unique keys. */
  private static Iterator<String> upserts(
      BenchTable table, Map<Long, Optional<List<String>>> rows) {
    return new MultiRowStatements(
        table.into(table.furtherUniqueKeys() ? "REPLACE" : "INSERT"),
        table.furtherUniqueKeys() ? "" : onDuplicateKey(table),
        FULL_CHARS,
        rows.values().stream().flatMap(Optional::stream).map(BenchTable::tuple));
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
