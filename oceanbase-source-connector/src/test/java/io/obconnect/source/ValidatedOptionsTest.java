package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.Config;
import org.junit.jupiter.api.Test;

class ValidatedOptionsTest {

  /** Connect fails with a null pointer when there is an error and one option has no value. */
  @Test
  void everyDefinedOptionHasAValue() {
    OceanBaseSourceConnector connector = new OceanBaseSourceConnector();
    Config validated = connector.validate(Map.of());
    Set<String> missing = new HashSet<>(connector.config().names());
    validated.configValues().forEach(value -> missing.remove(value.name()));
    assertEquals(Set.of(), missing);
    assertFalse(
        validated.configValues().stream().allMatch(value -> value.errorMessages().isEmpty()));
  }

  @Test
  void serviceIsNotReadFromAFile() {
    Map<String, String> options = Map.of(PositionOptions.START, "mysql-bin.000001:4");
    assertTrue(error(new OceanBaseSourceConnector().validate(options)).contains("use GTIDs"));
    assertEquals("", error(new MySqlSourceConnector().validate(options)));
    Map<String, String> none = Map.of(PositionOptions.START, "yesterday");
    assertTrue(error(new MySqlSourceConnector().validate(none)).contains("earliest"));
  }

  private static String error(Config validated) {
    return validated.configValues().stream()
        .filter(value -> value.name().equals(PositionOptions.START))
        .map(value -> String.join("; ", value.errorMessages()))
        .findFirst()
        .orElseThrow();
  }
}
