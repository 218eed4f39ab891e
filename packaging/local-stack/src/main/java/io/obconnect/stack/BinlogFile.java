package io.obconnect.stack;

import java.util.ArrayList;
import java.util.List;

/** One file of a {@link BinlogLog}, which guards it. */
final class BinlogFile {
  private final String name;
  private final long gtidsBefore;
  private final List<BinlogEvent> events = new ArrayList<>();
  private long end = BinlogLog.FIRST_POSITION;

  /**
   * An empty file.
   *
   * @param gtidsBefore the last transaction of the file before it
   */
  BinlogFile(String name, long gtidsBefore) {
    this.name = name;
    this.gtidsBefore = gtidsBefore;
  }

  void add(BinlogEvent event) {
    BinlogEvent placed = event.at(end);
    events.add(placed);
    end = placed.end();
  }

  String name() {
    return name;
  }

  long gtidsBefore() {
    return gtidsBefore;
  }

  /** The position behind the last event. */
  long end() {
    return end;
  }

  int size() {
    return events.size();
  }

  BinlogEvent event(int index) {
    return events.get(index);
  }

  /** The number of the first event at or behind a position. */
  int indexOf(long position) {
    int index = 0;
    while (index < events.size() && events.get(index).start() < position) {
      index++;
    }
    return index;
  }
}
