package io.obconnect.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Makes what stands in the log between a GTID and the next one. */
final class CommitEvents {
  private static final long NANOS = 1_000_000_000L;

  private CommitEvents() {}

  /** The events of each GTID that a commit gets; a schema change has one of its own. */
  static List<List<BinlogEvent>> of(ChangeTable.Commit commit, Set<BinlogQuirk> quirks) {
    long seconds = commit.scn() / NANOS;
    List<List<BinlogEvent>> groups = new ArrayList<>();
    List<RowChange> rows = new ArrayList<>();
    for (ChangeTable.Change change : commit.changes()) {
      if (change instanceof ChangeTable.Ddl ddl) {
        if (!quirks.contains(BinlogQuirk.DDL_LEFT_OUT)) {
          groups.add(List.of(BinlogEvents.query(seconds, ddl.database(), ddl.sql())));
        }
      } else if (change instanceof ChangeTable.Row row) {
        rows.add(row.row());
      }
    }
    if (!rows.isEmpty()) {
      groups.add(transaction(commit.scn(), rows, quirks));
    }
    return groups;
  }

  private static List<BinlogEvent> transaction(
      long scn, List<RowChange> rows, Set<BinlogQuirk> quirks) {
    long seconds = scn / NANOS;
    List<BinlogEvent> events = new ArrayList<>();
    events.add(BinlogEvents.query(seconds, rows.get(0).table().database(), "BEGIN"));
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      RowChange row = rows.get(i);
      images.add((quirks.contains(BinlogQuirk.MINIMAL_ROW_IMAGE) ? row.minimal() : row).images());
      boolean last = i + 1 == rows.size();
      if (last || quirks.contains(BinlogQuirk.ROW_BY_ROW) || !together(row, rows.get(i + 1))) {
        boolean partial = quirks.contains(BinlogQuirk.PARTIAL_UPDATE) && row.changesJson();
        events.add(BinlogEvents.tableMap(seconds, row.table()));
        events.add(
            BinlogEvents.rows(
                seconds,
                partial ? BinlogEvent.PARTIAL_UPDATE_ROWS : row.code(),
                row.table(),
                images));
        images = new ArrayList<>();
      }
    }
    events.add(BinlogEvents.xid(seconds, scn));
    return events;
  }

  private static boolean together(RowChange row, RowChange next) {
    return Objects.equals(row.table(), next.table()) && row.code() == next.code();
  }
}
