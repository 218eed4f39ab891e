package io.obconnect.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** What a connector answers to a validation. */
final class ValidatedOptions {
  private ValidatedOptions() {}

  /** Puts what is wrong on the options that it belongs to. */
  static void add(Map<String, String> findings, List<ConfigValue> values) {
    findings.forEach((option, finding) -> refuse(values, option, null, finding));
  }

  /** Puts an error on an option, whether it has a value among these or not. */
  static void refuse(List<ConfigValue> values, String option, String given, String error) {
    Optional<ConfigValue> there =
        values.stream().filter(value -> value.name().equals(option)).findFirst();
    if (there.isPresent()) {
      there.get().addErrorMessage(error);
    } else {
      values.add(new ConfigValue(option, given, List.of(), new ArrayList<>(List.of(error))));
    }
  }

  /** Whether nothing is wrong so far. */
  static boolean areValid(List<ConfigValue> values) {
    return values.stream().allMatch(value -> value.errorMessages().isEmpty());
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
