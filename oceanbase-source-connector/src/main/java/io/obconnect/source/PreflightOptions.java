package io.obconnect.source;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Options: what is checked before a connector starts. */
final class PreflightOptions {
  static final String SKIP = "precheck.skip";

  private static final String GROUP = "Preflight";

  private PreflightOptions() {}

  static void define(ConfigDef definition) {
    definition.define(
        SKIP,
        ConfigDef.Type.LIST,
        List.of(),
        ConfigDef.LambdaValidator.with(
            (name, value) -> requireKnown((Collection<?>) value), () -> "ids of checks"),
        Importance.LOW,
        "Checks of the preflight that are left out, by their ids, separated by commas. What they would have found"
            + " does not keep the connector from starting; it may fail or lose something later.",
        GROUP,
        1,
        Width.LONG,
        "Skipped checks");
  }

  private static void requireKnown(Collection<?> ids) {
    for (Object id : ids) {
      if (PreflightCheck.of(id.toString()).isEmpty()) {
        throw new ConfigException(
            SKIP, id, "there is no such check; those that there are: " + PreflightCheck.ids());
      }
    }
  }

  /** The checks that are left out, of options that were validated, or at least given. */
  static Set<PreflightCheck> skipped(Map<String, String> options) {
    ConfigDef definition = new ConfigDef();
    define(definition);
    Set<PreflightCheck> skipped = new HashSet<>();
    ((List<?>) definition.parse(options).get(SKIP))
        .forEach(id -> skipped.add(PreflightCheck.of(id.toString()).orElseThrow()));
    return skipped;
  }
}
