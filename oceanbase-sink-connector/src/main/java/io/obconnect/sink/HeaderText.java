package io.obconnect.sink;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** Headers in which this project's sources tell texts. */
final class HeaderText {
  private HeaderText() {}

  /**
   * Reads a record's header.
   *
   * @param form throws IllegalArgumentException where the text is not of it, without quoting it
   * @return empty where the record has no such header
   * @throws DataException when the header cannot be read
   */
  static <T> Optional<T> read(SinkRecord record, String name, Function<String, T> form) {
    Header header = record.headers().lastWithName(name);
    if (header == null) {
      return Optional.empty();
    }
    // Sinks with a dead-letter queue take headers as the bytes that they are.
    String text =
        header.value() instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.UTF_8)
            : String.valueOf(header.value());
    try {
      return Optional.of(form.apply(text));
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage());
    }
  }
}
