package io.obconnect.sink;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes visible together in the destination. */
enum TransactionMode {
  /** Whatever a lane has at hand; each row passes through all its states in order. */
  ROW,
  /** All changes of a source's transaction, transaction by transaction as they were committed. */
  SOURCE;

  static List<String> optionValues() {
    return Arrays.stream(values()).map(TransactionMode::optionValue).toList();
  }

  static TransactionMode parse(String optionValue) {
    return valueOf(optionValue.toUpperCase(Locale.ROOT));
  }

  String optionValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
