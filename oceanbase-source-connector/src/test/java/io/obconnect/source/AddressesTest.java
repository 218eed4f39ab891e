package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "database.hostname",
          "a",
          "database.port",
          "1",
          ReconnectOptions.ADDRESSES,
          "b:2, [::1]:3");

  private static String used(Addresses addresses) {
    Map<String, String> options = addresses.applyTo(OPTIONS);
    return options.get("database.hostname") + " " + options.get("database.port");
  }

  @Test
  void allAreUsedInTurn() {
    Addresses addresses = Addresses.of(OPTIONS);
    for (String expected : new String[] {"a 1", "b 2", "::1 3", "a 1"}) {
      assertEquals(expected, used(addresses));
      addresses.next();
    }
  }

  @Test
  void aloneOneIsAlwaysUsed() {
    Addresses addresses = Addresses.of(Map.of("database.hostname", "a"));
    addresses.next();
    assertEquals(OPTIONS, addresses.applyTo(OPTIONS));
    assertFalse(addresses.isPositionElsewhere());
  }

  @Test
  void positionIsLostWhenNoneHasIt() {
    Addresses addresses = Addresses.of(OPTIONS);
    assertTrue(addresses.isPositionElsewhere());
    assertTrue(addresses.isPositionElsewhere());
    addresses.next();
    assertTrue(addresses.isPositionElsewhere());
    addresses.next();
    assertFalse(addresses.isPositionElsewhere());
    addresses.proven();
    assertTrue(addresses.isPositionElsewhere());
  }

  @Test
  void otherFormsAreRefused() {
    ConfigDef definition = ReconnectOptions.definition();
    assertThrows(
        ConfigException.class, () -> definition.parse(Map.of(ReconnectOptions.ADDRESSES, "b")));
  }
}
