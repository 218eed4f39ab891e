package io.obconnect.sink;

import io.obconnect.sink.Arrival.End;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to which of the source's transactions the destination has come. A source that was restarted
 * sends again what it had sent since its last committed offset, from the middle of a transaction
 * on; whatever of that is within this point has been applied.
 *
 * @param id the last transaction's, as Debezium writes it: a GTID, or the place where it begins
 * @param endedMs when that was committed in the source, in milliseconds since 1970
 * @param rows where the last of all applied rows stands in the source's log
 */
record TransactionPoint(String id, long endedMs, LogPosition rows) {
  static final TransactionPoint NONE = new TransactionPoint("", 0, LogPosition.UNKNOWN);

  /** Tells marks that hold such a point from those that hold a row's position. */
  static final String PREFIX = "transaction ";

  private static final Pattern PLACE = Pattern.compile("file=(.+),pos=(\\d{1,18})");
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d+)");

  TransactionPoint {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(rows, "rows");
  }

  /** Whether the row has been applied for certain. */
  boolean includes(LogPosition row) {
    return row.isWithin(rows);
  }

  /**
   * Whether a transaction is this one, or was committed before it as far as its name tells: those
   * of one server are numbered, or named after the place in the log where they begin. One that is
   * taken for applied by mistake leaves its rows without an end, which is noticed.
   */
  boolean includes(End end) {
    return end.id().equals(id) || (end.endedMs() <= endedMs && isNamedBefore(end.id()));
  }

  private boolean isNamedBefore(String other) {
    Optional<LogPosition> mine = place(id);
    Optional<LogPosition> others = place(other);
    if (mine.isPresent() && others.isPresent()) {
      return others.get().isWithin(mine.get());
    }
    Matcher number = NUMBERED.matcher(id);
    Matcher othersNumber = NUMBERED.matcher(other);
    return number.matches()
        && othersNumber.matches()
        && number.group(1).equals(othersNumber.group(1))
        && new BigInteger(othersNumber.group(2)).compareTo(new BigInteger(number.group(2))) < 0;
  }

  private static Optional<LogPosition> place(String id) {
    Matcher place = PLACE.matcher(id);
    return place.matches()
        ? Optional.of(new LogPosition(0, place.group(1), Long.parseLong(place.group(2)), 0))
        : Optional.empty();
  }

  /** Returns the point after one more transaction, whose last row stands here. */
  TransactionPoint then(End end, LogPosition lastRow) {
    return new TransactionPoint(end.id(), Math.max(endedMs, end.endedMs()), rows.max(lastRow));
  }

  /** Returns the form in which the ledger keeps it. */
  SourcePosition position() {
    return new SourcePosition(PREFIX + rows.text() + " " + id, endedMs);
  }

  /** Reads what {@link #position} wrote. */
  static Optional<TransactionPoint> parse(SourcePosition position) {
    String[] parts = position.text().split(" ", 3);
    return parts.length == 3 && position.text().startsWith(PREFIX)
        ? LogPosition.parse(parts[1])
            .map(rows -> new TransactionPoint(parts[2], position.timestampMs(), rows))
        : Optional.empty();
  }
}
