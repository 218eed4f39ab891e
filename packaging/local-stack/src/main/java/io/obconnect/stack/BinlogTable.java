package io.obconnect.stack;

import java.util.List;

/**
 * A table as it was from one schema change to the next.
 *
 * @param number what the log calls it, another one after each change
 */
record BinlogTable(long number, String database, String name, List<BinlogColumn> columns) {
  BinlogTable {
    columns = List.copyOf(columns);
  }
}
