package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "3e11fa47-71ca-11e1-9e33-c80aa9429562:23", "binlog.000002:157", "&=+"})
  void whatIsWrittenIsRead(String position) {
    Marker marker = new Marker(position, 1_764_000_000_000L);
    assertEquals(marker, Marker.parse(marker.toString()));
  }

  @Test
  void laterFieldsArePassedBy() {
    assertEquals(new Marker("a:1", 2), Marker.parse("position=a%3A1&ts_ms=2&more=x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "position=secret", "ts_ms=1", "position=%zz&ts_ms=1"})
  void anythingElseIsNotQuoted(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Marker.parse(text)).getMessage();
    assertFalse(message.contains("secret"), message);
  }
}
