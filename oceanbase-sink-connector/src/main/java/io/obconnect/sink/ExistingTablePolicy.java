package io.obconnect.sink;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What happens when a table that is to be created exists in the destination. */
enum ExistingTablePolicy {
  /** It is used if the rows fit, and else its table waits. */
  USE_IF_COMPATIBLE,
  /** Its table waits, unless this connector has created it or written to it. */
  FAIL,
  /** It is dropped and created anew, unless a connector has created it or written to it. */
  RECREATE;

  static List<String> optionValues() {
    return Arrays.stream(values()).map(ExistingTablePolicy::optionValue).toList();
  }

  static ExistingTablePolicy parse(String optionValue) {
    return valueOf(optionValue.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  String optionValue() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
