package io.obconnect.source;

import io.obconnect.source.PreflightReport.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Finds out whether a source's database and Kafka are as the connector needs them. Asks only;
 * nothing is changed or locked. Any thread may call this.
 */
public final class SourcePreflight {
  private static final String CONNECTOR = "connector.class";

  private SourcePreflight() {}

  /**
   * Does what a connector with these options does before it starts.
   *
   * @param options the connector's configuration, {@code connector.class} included, without
   *     references to be resolved
   * @return also if something cannot be reached: that is a finding then
   * @throws ConfigException when the options are those of another connector, or not valid
   */
  public static PreflightReport of(Map<String, String> options) {
    String connector = options.getOrDefault(CONNECTOR, "");
    if (connector.equals(MySqlSourceConnector.class.getName())) {
      return report(CapturedDatabase.MYSQL, SourceDefaults.MYSQL.complete(options));
    }
    if (connector.equals(OceanBaseSourceConnector.class.getName())) {
      return report(CapturedDatabase.OCEANBASE, SourceDefaults.OCEANBASE.complete(options));
    }
    throw new ConfigException(CONNECTOR, connector, "no source connector of this project");
  }

  /** Asks, and decides. */
  static PreflightReport report(CapturedDatabase database, Map<String, String> options) {
    return decide(new PreflightReader(database, options).read(), PreflightOptions.skipped(options));
  }

  /** What the checks find in the facts. */
  static PreflightReport decide(PreflightFacts facts, Set<PreflightCheck> skipped) {
    List<Finding> findings =
        Arrays.stream(PreflightCheck.values())
            .filter(check -> !skipped.contains(check))
            .map(check -> check.find(facts))
            .flatMap(Optional::stream)
            .toList();
    return new PreflightReport(
        facts.database().name().toLowerCase(Locale.ROOT),
        findings,
        skipped.stream().map(PreflightCheck::id).sorted().toList());
  }

  /** Asks, and puts errors on the options that they belong to; warnings are for the start. */
  static void validate(
      CapturedDatabase database, Map<String, String> options, List<ConfigValue> values) {
    for (Finding error : report(database, options).errors()) {
      ValidatedOptions.refuse(
          values, error.option(), options.get(error.option()), error.toString());
    }
  }
}
