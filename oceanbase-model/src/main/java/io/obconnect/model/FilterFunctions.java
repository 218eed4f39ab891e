package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The functions that a filter may call, and why it may not call others. */
final class FilterFunctions {

  /** More arguments than any call has; stands for no limit. */
  static final int ANY = Integer.MAX_VALUE;

  private static final Set<String> AGGREGATES =
      Set.of(
          ("COUNT SUM AVG MIN MAX GROUP_CONCAT BIT_AND BIT_OR BIT_XOR STD STDDEV STDDEV_POP"
                  + " STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP JSON_ARRAYAGG JSON_OBJECTAGG ANY_VALUE")
              .split(" ", -1));

  /** What answers differently for the same row at another time or on another server. */
  private static final Set<String> UNSTABLE =
      Set.of(
          ("NOW CURDATE CURTIME CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME"
                  + " LOCALTIMESTAMP SYSDATE UTC_DATE UTC_TIME UTC_TIMESTAMP UNIX_TIMESTAMP"
                  + " FROM_UNIXTIME RAND UUID UUID_SHORT CONNECTION_ID USER CURRENT_USER"
                  + " SESSION_USER SYSTEM_USER DATABASE SCHEMA VERSION SLEEP LAST_INSERT_ID"
                  + " ROW_COUNT FOUND_ROWS GET_LOCK")
              .split(" ", -1));

  /** Makes the expression of a call from those of its arguments. */
  @FunctionalInterface
  interface Builder {
    FilterExpression build(List<FilterExpression> arguments);
  }

  /** A function of arguments that are not NULL; may return null for NULL. */
  @FunctionalInterface
  interface Body {
    Object apply(List<Object> arguments);
  }

  private record Signature(int least, int most, Builder builder) {}

  private static final Map<String, Signature> ALL = all();

  private final Map<String, Signature> signatures = new TreeMap<>();

  private FilterFunctions() {}

  private static Map<String, Signature> all() {
    FilterFunctions functions = new FilterFunctions();
    FilterConditions.register(functions);
    FilterTextFunctions.register(functions);
    FilterNumberFunctions.register(functions);
    FilterTemporalFunctions.register(functions);
    return functions.signatures;
  }

  /** Adds a function that is NULL whenever an argument is. */
  void add(String names, int least, int most, Body body) {
    addLazy(names, least, most, arguments -> strict(arguments, body));
  }

  /** Adds a function that decides itself what it evaluates. */
  void addLazy(String names, int least, int most, Builder builder) {
    for (String name : names.split(" ", -1)) {
      signatures.put(name, new Signature(least, most, builder));
    }
  }

  static FilterExpression strict(List<FilterExpression> arguments, Body body) {
    return row -> {
      List<Object> values = new ArrayList<>(arguments.size());
      for (FilterExpression argument : arguments) {
        Object value = argument.value(row);
        if (value == null) {
          return null;
        }
        values.add(value);
      }
      return body.apply(values);
    };
  }

  /**
   * Returns the call of a function.
   *
   * @throws RowFilterException when there is none of that name and number of arguments
   */
  static FilterExpression call(FilterToken name, List<FilterExpression> arguments) {
    Signature signature = signature(name);
    if (arguments.size() < signature.least() || arguments.size() > signature.most()) {
      throw name.error(
          signature.most() == ANY
              ? "at least " + signature.least() + " arguments are needed"
              : signature.least() == signature.most()
                  ? "arguments needed: " + signature.least()
                  : "between "
                      + signature.least()
                      + " and "
                      + signature.most()
                      + " arguments are"
                      + " needed");
    }
    return signature.builder().build(arguments);
  }

  private static Signature signature(FilterToken name) {
    String upper = name.text().toUpperCase(Locale.ROOT);
    Signature signature = ALL.get(upper);
    if (signature != null) {
      return signature;
    }
    throw refusal(name);
  }

  /** Returns the error that a name stands for no function that can be called. */
  static RowFilterException refusal(FilterToken name) {
    String upper = name.text().toUpperCase(Locale.ROOT);
    if (AGGREGATES.contains(upper)) {
      return name.error("aggregates need more than one row; a filter sees one row at a time");
    }
    if (UNSTABLE.contains(upper)) {
      return name.error(
          "its answer is not the row's alone, so the copy and a later change would be filtered"
              + " differently; write a literal");
    }
    return name.error("unknown function; there are " + String.join(", ", ALL.keySet()));
  }

  /** Whether the name means the current time or user even without parentheses. */
  static boolean isUnstableWord(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return (upper.startsWith("CURRENT_")
            || upper.startsWith("LOCALTIME")
            || upper.startsWith("UTC_"))
        && UNSTABLE.contains(upper);
  }
}
