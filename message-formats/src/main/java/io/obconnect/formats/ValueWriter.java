package io.obconnect.formats;

/** Writes the values of one schema as JSON. Thread-safe. */
@FunctionalInterface
interface ValueWriter {
  /** The writer of schemas that are left to JsonConverter. */
  ValueWriter UNUSUAL =
      (output, value) -> {
        throw new UnusualRecordException();
      };

  /**
   * Appends a value.
   *
   * @throws UnusualRecordException when JsonConverter has to decide; what was appended is void
   */
  void write(JsonOutput output, Object value);
}
