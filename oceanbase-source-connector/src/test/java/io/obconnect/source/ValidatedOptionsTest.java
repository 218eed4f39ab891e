package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
}
