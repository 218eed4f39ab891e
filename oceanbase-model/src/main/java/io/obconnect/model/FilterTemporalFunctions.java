package io.obconnect.model;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Functions of dates and times; NULL for what is none. */
final class FilterTemporalFunctions {

  /** The day that TO_DAYS calls 0 lies this far before 1970-01-01. */
  private static final long DAYS_BEFORE_1970 = 719_528;

  private FilterTemporalFunctions() {}

  static void register(FilterFunctions functions) {
    date(functions, "DATE", LocalDateTime::toLocalDate);
    date(functions, "LAST_DAY", d -> d.toLocalDate().with(TemporalAdjusters.lastDayOfMonth()));
    date(functions, "YEAR", d -> (long) d.getYear());
    date(functions, "QUARTER", d -> (long) d.get(IsoFields.QUARTER_OF_YEAR));
    date(functions, "MONTH", d -> (long) d.getMonthValue());
    date(functions, "DAY DAYOFMONTH", d -> (long) d.getDayOfMonth());
    date(functions, "DAYOFYEAR", d -> (long) d.getDayOfYear());
    date(functions, "DAYOFWEEK", d -> d.getDayOfWeek().getValue() % 7 + 1L);
    date(functions, "WEEKDAY", d -> d.getDayOfWeek().getValue() - 1L);
    date(functions, "TO_DAYS", d -> d.toLocalDate().toEpochDay() + DAYS_BEFORE_1970);
    time(functions, "HOUR", Duration::toHours);
    time(functions, "MINUTE", Duration::toMinutesPart);
    time(functions, "SECOND", Duration::toSecondsPart);
    time(functions, "MICROSECOND", time -> time.toNanosPart() / 1_000);
    functions.add("TIME", 1, 1, values -> FilterTemporals.time(values.get(0)));
    functions.add(
        "DATEDIFF",
        2,
        2,
        values -> {
          LocalDateTime to = FilterTemporals.dateTime(values.get(0));
          LocalDateTime from = FilterTemporals.dateTime(values.get(1));
          return to == null || from == null
              ? null
              : (Long) ChronoUnit.DAYS.between(from.toLocalDate(), to.toLocalDate());
        });
  }

  private static void date(
      FilterFunctions functions, String names, Function<LocalDateTime, Object> part) {
    functions.add(
        names,
        1,
        1,
        values -> {
          LocalDateTime dateTime = FilterTemporals.dateTime(values.get(0));
          return dateTime == null ? null : part.apply(dateTime);
        });
  }

  /** The parts of a time have no sign. */
  private static void time(FilterFunctions functions, String name, ToLongFunction<Duration> part) {
    functions.add(
        name,
        1,
        1,
        values -> {
          Duration time = FilterTemporals.time(values.get(0));
          return time == null ? null : (Long) part.applyAsLong(time.abs());
        });
  }
}
