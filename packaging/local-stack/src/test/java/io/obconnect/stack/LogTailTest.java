package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogTailTest {
  @Test
  void longLogIsCutToItsLastLines() {
    String log =
        IntStream.rangeClosed(1, 100).mapToObj(i -> "l" + i).collect(Collectors.joining("\n"));
    String tail = LogTail.lastLines(log);
    assertEquals(LogTail.MAX_LINES, tail.lines().count());
    assertTrue(tail.startsWith("l71\n") && tail.endsWith("\nl100"), tail);
  }

  @Test
  void shortLogIsKeptWhole() {
    assertEquals("a\nb", LogTail.lastLines("a\nb\n"));
    assertEquals("", LogTail.lastLines(""));
  }
}
