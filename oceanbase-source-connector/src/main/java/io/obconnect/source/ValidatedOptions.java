package io.obconnect.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** What a connector answers to a validation. */
final class ValidatedOptions {
  private ValidatedOptions() {}

  /** Adds what is wrong, by the names of options, to their values. */
  static void add(Map<String, String> findings, List<ConfigValue> values) {
    values.stream()
        .filter(value -> findings.containsKey(value.name()))
        .forEach(value -> value.addErrorMessage(findings.get(value.name())));
  }

  /**
   * Values with a valid one for every option that is defined and has none: Debezium validates fewer
   * options than it defines, and Connect then fails instead of telling an error.
   */
  static Config of(ConfigDef definition, Map<String, String> options, List<ConfigValue> values) {
    List<ConfigValue> all = new ArrayList<>(values);
    Set<String> validated = new HashSet<>();
    values.forEach(value -> validated.add(value.name()));
    definition.configKeys().keySet().stream()
        .filter(name -> !validated.contains(name))
        .forEach(name -> all.add(new ConfigValue(name, options.get(name), List.of(), List.of())));
    return new Config(all);
  }
}
