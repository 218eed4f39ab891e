package io.obconnect.formats;

/** Reads the values of one schema from JSON. Thread-safe. */
@FunctionalInterface
interface ValueReader {
  /** The reader of schemas that are left to JsonConverter. */
  ValueReader UNUSUAL =
      input -> {
        throw new UnusualRecordException();
      };

  /**
   * Takes a value from the input.
   *
   * @throws UnusualRecordException when JsonConverter has to decide
   */
  Object read(JsonInput input);
}
