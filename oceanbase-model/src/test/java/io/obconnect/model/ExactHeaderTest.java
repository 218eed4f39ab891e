package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactHeaderTest {

  @Test
  void valuesAreSpelledLikeAForm() {
    ExactHeader header = new ExactHeader();
    assertTrue(header.isEmpty());
    header.addAfter("day", "0000-00-00");
    header.addBefore("name", ExactHeader.text("latin1", new byte[] {0x61, (byte) 0x81}));
    assertFalse(header.isEmpty());
    assertEquals("before.name=_latin1+x%276181%27&after.day=0000-00-00", header.toString());
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll Map<Integer, Integer> before, @ForAll Map<Integer, Integer> after) {
    ExactHeader header = new ExactHeader();
    // Any characters, but no halves of surrogate pairs, which no column's name holds.
    before.forEach((field, exact) -> header.addBefore("ü&=.%" + field, "+ ☃" + exact));
    after.forEach((field, exact) -> header.addAfter("ü&=.%" + field, "+ ☃" + exact));
    if (!header.isEmpty()) {
      ExactHeader read = ExactHeader.parse(header.toString());
      assertEquals(header.before(), read.before());
      assertEquals(header.after(), read.after());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "after.d=secret&", "d=secret", "after.d=%secret"})
  void whatCannotBeReadIsRefusedWithoutBeingQuoted(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ExactHeader.parse(text)).getMessage();
    assertTrue(message.contains(ExactHeader.NAME), message);
    assertFalse(message.contains("secret"), message);
  }
}
