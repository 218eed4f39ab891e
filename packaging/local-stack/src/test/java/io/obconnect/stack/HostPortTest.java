package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @Test
  void hostAndPortAreSplitAtTheLastColon() {
    assertEquals(new HostPort("db.example", 3306), HostPort.parse("db.example:3306"));
    assertEquals(new HostPort("[::1]", 2881), HostPort.parse("[::1]:2881"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "db", ":3306", "db:", "db:x", "db:0", "db:65536", "::1:99", "db:-1"})
  void incompleteOrImpossibleAddressIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text));
  }
}
