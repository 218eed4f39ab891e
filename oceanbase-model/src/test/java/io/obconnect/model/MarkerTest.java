package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "3e11fa47-71ca-11e1-9e33-c80aa9429562:23", "binlog.000002:157", "&=+"})
  void whatIsWrittenIsRead(String position) {
    Marker marker = Marker.ofTime(position, 1_764_000_000_000L);
    assertEquals(marker, Marker.parse(marker.toString()));
  }

  @Test
  void barrierOfATableIsRead() {
    Marker.Barrier barrier =
        new Marker.Barrier(new TableId("a&b", "t=1"), 3, 184_054, "binlog.000002", 157);
    Marker marker = new Marker("uuid:7", 8, Optional.of(barrier));
    assertEquals(marker, Marker.parse(marker.toString()));
  }

  @Test
  void laterFieldsArePassedBy() {
    assertEquals(Marker.ofTime("a:1", 2), Marker.parse("position=a%3A1&ts_ms=2&more=x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "position=secret",
        "ts_ms=1",
        "position=%zz&ts_ms=1",
        "position=a&ts_ms=1&kind=secret",
        "position=a&ts_ms=1&kind=truncate&file=secret"
      })
  void anythingElseIsNotQuoted(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Marker.parse(text)).getMessage();
    assertFalse(message.contains("secret"), message);
  }
}
