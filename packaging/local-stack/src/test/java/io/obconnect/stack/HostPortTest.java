package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostPortTest {
  @Test
  void hostAndPortAreSplitAtTheLastColon() {
    assertEquals(new HostPort("db.example", 3306), HostPort.parse("db.example:3306"));
    assertEquals(new HostPort("[::1]", 2881), HostPort.parse("[::1]:2881"));
  }

  @Test
  void incompleteOrImpossibleAddressIsRefused() {
    for (String text :
        List.of("", "db", ":3306", "db:", "db:x", "db:0", "db:65536", "::1:99", "db:-1")) {
      assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text), text);
    }
  }
}
