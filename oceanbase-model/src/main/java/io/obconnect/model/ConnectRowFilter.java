package io.obconnect.model;

import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Applies a {@link RowFilter} to Connect's records: rows as structures, with Connect's and
 * Debezium's types. Values are read as follows.
 *
 * <ul>
 *   <li>Numbers, decimals, bit strings, dates, times, texts and bytes become what {@link RowValues}
 *       lists, from every representation that Debezium offers; names of columns are found in any
 *       case. Zoned timestamps are looked at in UTC.
 *   <li>BIGINT UNSIGNED that comes as a negative number ({@code
 *       bigint.unsigned.handling.mode=long}) is read as unsigned where the record or the caller
 *       says that the column is: Debezium tells the type with {@code column.propagate.source.type},
 *       and {@code precise} wraps nothing.
 *   <li>Structures, arrays and maps are refused if the filter names them.
 *   <li>A row before a change that lacks a column of the filter, or holds Debezium's placeholder
 *       for unavailable values, is not known.
 * </ul>
 *
 * <p>One thread only: what was worked out for a schema is kept.
 */
public final class ConnectRowFilter {

  /** More means that a converter makes a new schema object for every record. */
  private static final int MAX_SCHEMAS = 64;

  private final RowFilter filter;
  private final Predicate<String> unsigned;
  private final IdentityHashMap<Schema, ConnectRowValues> readers = new IdentityHashMap<>();

  /**
   * A filter for the rows of one table.
   *
   * @param unsigned whether the column of this name (as the record spells it) is BIGINT UNSIGNED
   */
  public ConnectRowFilter(RowFilter filter, Predicate<String> unsigned) {
    this.filter = Objects.requireNonNull(filter, "filter");
    this.unsigned = Objects.requireNonNull(unsigned, "unsigned");
  }

  /**
   * Decides about a new or copied row.
   *
   * @return KEEP or DROP
   * @throws RowFilterException when the filter does not fit the rows: it names a column that they
   *     lack, or compares what has no order
   * @throws org.apache.kafka.connect.errors.DataException when a value is not of its type's form;
   *     the message does not hold it
   */
  public RowDecision inserted(Struct after) {
    return filter.decide(new RowImage.Absent(), known(after));
  }

  /**
   * Decides about a changed row.
   *
   * @param before null where the source does not say
   * @return any decision
   * @throws RowFilterException as {@link #inserted}
   */
  public RowDecision updated(Struct before, Struct after) {
    return filter.decide(former(before), known(after));
  }

  /**
   * Decides about a removed row.
   *
   * @param before null where the source does not say
   * @return KEEP or DROP
   * @throws RowFilterException as {@link #inserted}
   */
  public RowDecision deleted(Struct before) {
    return filter.decide(former(before), new RowImage.Absent());
  }

  private RowImage known(Struct row) {
    ConnectRowValues reader = reader(row);
    if (!reader.missing().isEmpty()) {
      throw new RowFilterException(
          "row filter: the records have no column "
              + String.join(", ", reader.missing())
              + ", or not its value where the source's log does not hold it; correct the filter, or let the"
              + " source log whole rows (REPLICA IDENTITY FULL)");
    }
    RowImage image = reader.image(row);
    if (image instanceof RowImage.Unknown) {
      throw new RowFilterException(
          "row filter: a record lacks the value of one of the columns "
              + filter.columns()
              + ", because the source's log does not hold it; let the source log whole rows"
              + " (REPLICA IDENTITY FULL)");
    }
    return image;
  }

  private RowImage former(Struct row) {
    return row == null ? new RowImage.Unknown() : reader(row).image(row);
  }

  private ConnectRowValues reader(Struct row) {
    ConnectRowValues reader = readers.get(row.schema());
    if (reader == null) {
      if (readers.size() >= MAX_SCHEMAS) {
        readers.clear();
      }
      reader = new ConnectRowValues(row.schema(), filter.columns(), unsigned);
      readers.put(row.schema(), reader);
    }
    return reader;
  }
}
