package io.obconnect.sink;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the records of the topics are. Said by the user, because a tombstone does not tell: among
 * envelopes it only follows a delete, among flat rows it is the delete.
 */
enum RecordFormat {
  /** Debezium's change envelopes. */
  DEBEZIUM,
  /** Rows, as Debezium's ExtractNewRecordState leaves them. */
  FLAT;

  String optionValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> optionValues() {
    return Arrays.stream(values()).map(RecordFormat::optionValue).toList();
  }

  static RecordFormat parse(String optionValue) {
    return valueOf(optionValue.toUpperCase(Locale.ROOT));
  }
}
