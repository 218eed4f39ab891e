package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextMapTest {

  @Test
  void pairs() {
    assertEquals(
        Map.of("latin1", "utf8mb4", "gbk", "gb18030"),
        TextMap.parse(List.of("latin1:utf8mb4", " GBK : gb18030 ")));
  }

  @Test
  void whatIsNoPair() {
    for (String wrong : List.of("latin1", "latin1:", ":utf8", "a:b:c", "a -> b")) {
      assertThrows(IllegalArgumentException.class, () -> TextMap.parse(List.of(wrong)), wrong);
    }
    assertThrows(
        IllegalArgumentException.class, () -> TextMap.parse(List.of("latin1:a", "LATIN1:b")));
  }
}
