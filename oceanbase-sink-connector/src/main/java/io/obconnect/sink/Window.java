package io.obconnect.sink;

import io.obconnect.sink.LaneWork.RowWork;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Changes that go to the destination in one transaction, compacted: of several changes of one key
 * only the last counts. One thread only.
 *
 * <p>Of each table, removed rows are deleted before the remaining ones are written: a unique value
 * that moved from one row to another is free by then. Where rows can collide by further unique
 * keys, every row that may exist is deleted first and then inserted anew, because two rows may have
 * swapped their values. In a merged table a new row is only ever inserted, and one that came and
 * went is not deleted: what is there under its key is another source table's row.
 */
final class Window {

  /** What to believe of rows that the source says are new. */
  enum Belief {
    /** They do not exist in the destination. */
    NEW_ROWS_ARE_NEW,
    /** They may exist: their changes may have been applied before. */
    ANY_ROW_MAY_EXIST,
    /**
     * As {@link #ANY_ROW_MAY_EXIST}, and rows may be further on than the changes: one that holds
     * exactly a unique value of another row has got it by a later change, which follows, so it is
     * removed until then.
     */
    ROWS_MAY_BE_FURTHER_ON
  }

  /** The net change of one key; the row is null when it is gone. */
  private record KeyState(Struct row, boolean isNew) {
    boolean isPartial() {
      return row != null && PartialRow.is(row);
    }
  }

  /** What one change does to one key; the row is null when it is gone. */
  private record Step(String key, Struct row) {}

  private static final class TableChanges {
    private final Map<String, KeyState> byKey = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<RowChange> inOrder = new ArrayList<>();

    private boolean holds(String key) {
      KeyState state = byKey.get(key);
      return state != null && state.row() != null;
    }

    private void put(String key, Struct row, boolean isInsert) {
      KeyState earlier = byKey.remove(key);
      byKey.put(key, new KeyState(row, earlier == null ? isInsert : earlier.isNew()));
      steps.add(new Step(key, row));
    }

    private boolean hasPartialRows() {
      return byKey.values().stream().anyMatch(KeyState::isPartial);
    }

    /** What a partial row leaves of the one that the window has under its key. */
    private Struct completed(TableWriter writer, String key, Struct partial) {
      KeyState earlier = byKey.get(key);
      if (earlier == null) {
        return partial;
      }
      if (earlier.row() == null) {
        throw new DataException(
            "a change of table "
                + writer.plan().table().quoted()
                + " leaves out a value that it did not touch, but its row was deleted before");
      }
      return writer.complete(partial, earlier.row());
    }
  }

  private final Map<TableWriter, TableChanges> tables = new LinkedHashMap<>();

  /**
   * Adds a change that is later than all that were added before.
   *
   * @throws DataException when the row does not fit the table; the window is as before
   * @throws KeyTakenException when another source table has a row of the same key in the window
   */
  void add(TableWriter writer, RowWork work) {
    RowChange change = work.change();
    if (!change.isDelete()) {
      writer.rowEncoder(change.after().schema());
    }
    TableChanges changes = tables.computeIfAbsent(writer, w -> new TableChanges());
    if (writer.plan().tableClass() == TableClass.KEYLESS) {
      changes.inOrder.add(requireBefore(writer, change));
      return;
    }
    String key = work.key().sql();
    Struct row = change.after();
    if (row != null && PartialRow.is(row)) {
      row = changes.completed(writer, key, row);
    }
    boolean isNew = change.operation() == Operation.INSERT;
    if (writer.plan().merged()) {
      isNew |= work.left() != null;
      if (isNew && changes.holds(key)) {
        throw new KeyTakenException(writer.plan().table());
      }
    }
    if (work.left() != null) {
      changes.put(work.left().sql(), null, false);
    }
    changes.put(key, row, isNew);
  }

  private static RowChange requireBefore(TableWriter writer, RowChange change) {
    if (change.operation() != Operation.INSERT && change.before() == null) {
      throw new DataException(
          "table "
              + writer.plan().table().quoted()
              + " has no key, and the record does not say what the row held before; use binlog_row_image=FULL");
    }
    if (!change.isDelete() && PartialRow.is(change.after())) {
      throw new DataException(
          "table "
              + writer.plan().table().quoted()
              + " has no key, and the record leaves out a value; set REPLICA IDENTITY FULL on it in"
              + " PostgreSQL");
    }
    return change;
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }

  /** Rows that the changes come down to. */
  int rows() {
    return tables.values().stream()
        .mapToInt(changes -> changes.byKey.size() + changes.inOrder.size())
        .sum();
  }

  /** Whether a duplicate key can be another change's doing. */
  boolean hasConflictingTables() {
    return tables.keySet().stream()
        .anyMatch(writer -> writer.plan().tableClass() == TableClass.CONFLICTING);
  }

  /** The transaction's statements in order. */
  List<String> statements(StatementBuffer buffer, Belief belief) {
    List<String> statements = new ArrayList<>();
    tables.forEach(
        (writer, changes) ->
            statements.addAll(
                switch (writer.plan().tableClass()) {
                  case KEYED -> keyed(writer, changes, buffer, belief);
                  case CONFLICTING -> conflicting(writer, changes, buffer, belief);
                  case KEYLESS -> keyless(writer, changes, buffer);
                }));
    return statements;
  }

  /** OceanBase inserts several times as fast as it looks for rows to update. */
  private static List<String> keyed(
      TableWriter writer, TableChanges changes, StatementBuffer buffer, Belief belief) {
    List<String> gone = new ArrayList<>();
    List<Struct> added = new ArrayList<>();
    List<Struct> written = new ArrayList<>();
    List<String> updates = new ArrayList<>();
    changes.byKey.forEach(
        (key, state) -> {
          if (state.row() == null) {
            gone.add(key);
          } else if (state.isPartial()) {
            updates.add(writer.update(key, state.row()));
          } else if (state.isNew() && belief == Belief.NEW_ROWS_ARE_NEW) {
            added.add(state.row());
          } else {
            written.add(state.row());
          }
        });
    List<String> statements = new ArrayList<>(writer.deletesOfGone(gone, buffer));
    statements.addAll(writer.inserts(added, buffer));
    statements.addAll(writer.upserts(written, buffer));
    statements.addAll(updates);
    return statements;
  }

  private static List<String> conflicting(
      TableWriter writer, TableChanges changes, StatementBuffer buffer, Belief belief) {
    if (changes.hasPartialRows()) {
      return stepByStep(writer, changes, buffer);
    }
    List<String> gone = new ArrayList<>();
    List<String> rewritten = new ArrayList<>();
    List<Struct> written = new ArrayList<>();
    changes.byKey.forEach(
        (key, state) -> {
          if (state.row() == null) {
            if (!state.isNew() || !writer.plan().merged()) {
              gone.add(key);
            }
            return;
          }
          boolean mayExist = belief != Belief.NEW_ROWS_ARE_NEW && !writer.plan().merged();
          if (!state.isNew() || mayExist) {
            rewritten.add(key);
          }
          written.add(state.row());
        });
    List<String> statements = new ArrayList<>(writer.deletesOfGone(gone, buffer));
    statements.addAll(writer.deletesOfKeys(rewritten, buffer));
    // In a merged table the holder may be another source table's row.
    if (belief == Belief.ROWS_MAY_BE_FURTHER_ON && !writer.plan().merged()) {
      statements.addAll(writer.deletesOfHolders(written, buffer));
    }
    statements.addAll(writer.inserts(written, buffer));
    return statements;
  }

  /**
   * A partial row cannot be deleted and written anew, so it may need a unique value that another
   * row frees, or free one itself: only the source's own order is sure to work.
   */
  private static List<String> stepByStep(
      TableWriter writer, TableChanges changes, StatementBuffer buffer) {
    List<String> statements = new ArrayList<>();
    for (Step step : changes.steps) {
      if (step.row() == null) {
        statements.addAll(writer.deletesOfGone(List.of(step.key()), buffer));
      } else if (PartialRow.is(step.row())) {
        statements.add(writer.update(step.key(), step.row()));
      } else {
        statements.addAll(writer.deletesOfKeys(List.of(step.key()), buffer));
        statements.addAll(writer.inserts(List.of(step.row()), buffer));
      }
    }
    return statements;
  }

  private static List<String> keyless(
      TableWriter writer, TableChanges changes, StatementBuffer buffer) {
    List<String> statements = new ArrayList<>();
    List<Struct> added = new ArrayList<>();
    for (RowChange change : changes.inOrder) {
      if (change.operation() != Operation.INSERT) {
        statements.addAll(writer.inserts(added, buffer));
        added.clear();
        statements.add(writer.deleteOne(change.before()));
      }
      if (!change.isDelete()) {
        added.add(change.after());
      }
    }
    statements.addAll(writer.inserts(added, buffer));
    return statements;
  }
}
