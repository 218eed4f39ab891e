package io.obconnect.sink;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What happens when a table cannot be used in the destination. */
enum TableErrorPolicy {
  /** Its partitions wait, in Kafka, until somebody mends the table; all other tables go on. */
  PAUSE,
  /** The task fails. */
  FAIL;

  static List<String> optionValues() {
    return Arrays.stream(values()).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  static TableErrorPolicy parse(String optionValue) {
    return valueOf(optionValue.toUpperCase(Locale.ROOT));
  }
}
