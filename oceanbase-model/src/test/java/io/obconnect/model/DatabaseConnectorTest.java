package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.obconnect.model.DatabaseConnector.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseConnectorTest {
  private static final ServerAddress A = new ServerAddress("a", 2881);
  private static final ServerAddress B = new ServerAddress("b", 2881);

  private static ConnectionSettings settings(ServerAddress... addresses) {
    return new ConnectionSettings(
        List.of(addresses),
        "u@t",
        "secret-word",
        TlsMode.REQUIRED,
        Optional.empty(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  @Test
  void eachAddressIsTriedOnceWithEachDriver() {
    assertEquals(
        List.of(
            new Route(A, DatabaseDriver.OCEANBASE),
            new Route(A, DatabaseDriver.MARIADB),
            new Route(B, DatabaseDriver.OCEANBASE),
            new Route(B, DatabaseDriver.MARIADB)),
        new DatabaseConnector(settings(A, B)).routes());
  }

  @Test
  void settingsNeedAnAddress() {
    assertThrows(IllegalArgumentException.class, () -> settings());
  }

  @Test
  void settingsDoNotPrintThePassword() {
    assertEquals("u@t at [a:2881] (TLS required)", settings(A).toString());
    assertFalse(settings(A).toString().contains("secret-word"));
  }
}
