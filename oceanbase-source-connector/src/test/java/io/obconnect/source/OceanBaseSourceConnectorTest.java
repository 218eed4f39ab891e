package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class OceanBaseSourceConnectorTest {
  private static final Map<String, String> BLOCKS =
      Map.of("topic.prefix", "shop", CopyOptions.ENCODING, CopyOptions.BLOCKS);

  private static List<String> errors(Map<String, String> options) {
    return new OceanBaseSourceConnector()
        .validate(options).configValues().stream()
            .filter(value -> value.name().equals(CopyOptions.ENCODING))
            .flatMap(value -> value.errorMessages().stream())
            .toList();
  }

  /** They would be planned, and no rows would ever come. */
  @Test
  void blocksAreRefusedByName() {
    assertEquals(1, errors(BLOCKS).size());
    assertEquals(List.of(), errors(Map.of(CopyOptions.ENCODING, CopyOptions.ROWS)));
    ConfigException refusal =
        assertThrows(ConfigException.class, () -> new OceanBaseSourceConnector().start(BLOCKS));
    assertTrue(refusal.getMessage().contains(CopyOptions.ENCODING), refusal.getMessage());
  }
}
