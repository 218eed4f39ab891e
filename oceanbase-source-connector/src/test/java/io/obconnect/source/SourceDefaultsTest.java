package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.debezium.connector.mysql.MySqlConnector;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class SourceDefaultsTest {
  private final Map<String, ConfigDef.ConfigKey> debezium =
      new MySqlConnector().config().configKeys();
  private final Map<String, ConfigDef.ConfigKey> own =
      new HashMap<>(new MySqlSourceConnector().config().configKeys());

  @Test
  void everyOptionOfDebeziumIsThere() {
    assertTrue(own.keySet().containsAll(debezium.keySet()));
  }

  @Test
  void onlyWhatLosesSomethingHasAnotherDefault() {
    Set<String> changed =
        debezium.keySet().stream()
            .filter(
                name ->
                    !String.valueOf(debezium.get(name).defaultValue)
                        .equals(String.valueOf(own.get(name).defaultValue)))
            .collect(Collectors.toSet());
    Map<String, String> none = SourceDefaults.MYSQL.complete(Map.of());
    assertTrue(none.keySet().containsAll(changed), changed.toString());
    // Debezium understands some options that it does not list.
    own.keySet().retainAll(none.keySet());
    own.forEach(
        (name, key) ->
            assertEquals(
                none.get(name), ConfigDef.convertToString(key.defaultValue, key.type), name));
  }

  @Test
  void oceanbaseHasNoLocks() {
    assertEquals(
        "none", SourceDefaults.OCEANBASE.complete(Map.of()).get(SourceDefaults.LOCKING_MODE));
    assertEquals(
        "none",
        new OceanBaseSourceConnector()
            .config()
            .configKeys()
            .get(SourceDefaults.LOCKING_MODE)
            .defaultValue);
  }

  @Test
  void whatSomebodyAsksForIsKept() {
    assertEquals(
        "t",
        SourceDefaults.MYSQL.complete(Map.of("skipped.operations", "t")).get("skipped.operations"));
  }
}
