package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @Test
  void nameAndAddressesAreRead() {
    assertEquals(
        new ServerAddress("db-1.example", 2881), ServerAddress.parse(" db-1.example:2881 "));
    assertEquals(new ServerAddress("10.0.0.1", 65_535), ServerAddress.parse("10.0.0.1:65535"));
    assertEquals(new ServerAddress("fe80::1%eth0", 1), ServerAddress.parse("[fe80::1%eth0]:1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"db:2881", "10.0.0.1:1", "[::1]:2883"})
  void textIsReadBackAsWritten(String text) {
    assertEquals(text, ServerAddress.parse(text).toString());
  }

  /** The last ones would reach the driver as a URL with options of their own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db",
        ":2881",
        "db:",
        "db:x",
        "db:0",
        "db:65536",
        "db:-1",
        "[]:2881",
        "[::1]",
        "[::1:2881",
        "::1:2881",
        "fe80::1",
        "d b:2881",
        "jdbc:mysql://db:3306",
        "mysql://db:3306",
        "db/x?allowLoadLocalInfile=true&y:3306",
        "address=(host=db)(port=1):2881"
      })
  void otherFormsAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse(text));
  }

  @Test
  void refusalSaysWhichFormIsWanted() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse("db")).getMessage();
    assertTrue(message.contains("'db'") && message.contains("host:port"), message);
  }
}
