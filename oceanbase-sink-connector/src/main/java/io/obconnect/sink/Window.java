package io.obconnect.sink;

import io.obconnect.sink.SourceChange.RowChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/**
 * Changes that go to the destination in one transaction, compacted: of several changes of one key
 * only the last counts. That the removed keys are deleted before the remaining rows are written
 * keeps unique values free that moved from one row to another. One thread only.
 */
final class Window {
  private static final class TableChanges {
    /** The last state of each key, null when the row is gone. */
    private final Map<String, Struct> lastByKey = new LinkedHashMap<>();

    private void put(String key, Struct row) {
      lastByKey.remove(key);
      lastByKey.put(key, row);
    }
  }

  private final Map<TableWriter, TableChanges> tables = new LinkedHashMap<>();

  /** Adds a change that is later than all that were added before. */
  void add(TableWriter writer, RowChange change) {
    List<String> keys = writer.keys(change);
    if (!change.isDelete()) {
      // Fails here, for this change alone, when the row does not fit the table.
      writer.rowEncoder(change.after().schema());
    }
    TableChanges changes = tables.computeIfAbsent(writer, w -> new TableChanges());
    if (keys.size() > 1) {
      changes.put(keys.get(0), null);
    }
    changes.put(keys.get(keys.size() - 1), change.after());
  }

  /** The transaction's statements in order. */
  List<String> statements(int maxChars) {
    List<String> statements = new ArrayList<>();
    tables.forEach(
        (writer, changes) -> {
          List<String> deleted = new ArrayList<>();
          List<Struct> written = new ArrayList<>();
          changes.lastByKey.forEach(
              (key, row) -> {
                if (row == null) {
                  deleted.add(key);
                } else {
                  written.add(row);
                }
              });
          statements.addAll(writer.deletes(deleted, maxChars));
          statements.addAll(writer.upserts(written, maxChars));
        });
    return statements;
  }
}
