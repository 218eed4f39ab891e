package io.obconnect.sink;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether, and when, tables and columns are made from what records say of themselves. */
enum DefinitionSource {
  /** Never: a definition that does not come in time fails the task. */
  NEVER,
  /** When the definition has not come in time. */
  AFTER_WAIT,
  /** As soon as the destination is seen to lack it. */
  AT_ONCE;

  String optionValue() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> optionValues() {
    return Arrays.stream(values()).map(DefinitionSource::optionValue).toList();
  }

  static DefinitionSource parse(String optionValue) {
    return valueOf(optionValue.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
