package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogFileOrderTest {
  @Test
  void numberThatNeedsOneMoreDigitComesLater() {
    assertEquals(
        List.of("binlog.000009", "binlog.000010", "binlog.999999", "binlog.1000000"),
        Stream.of("binlog.1000000", "binlog.000010", "binlog.999999", "binlog.000009")
            .sorted(LogFileOrder.BY_NAME)
            .toList());
  }
}
