package io.obconnect.source;

import io.debezium.config.Configuration;
import io.debezium.connector.mysql.MySqlConnector;
import io.obconnect.model.PluginVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;

/**
 * Source connector for MySQL 8.0 and later. Debezium's options are Debezium's, some with another
 * default; what is this project's own is in groups of its own.
 */
public final class MySqlSourceConnector extends MySqlConnector {

  /** Called by Connect. */
  public MySqlSourceConnector() {}

  @Override
  public String version() {
    return PluginVersion.of(getClass());
  }

  @Override
  public Class<? extends Task> taskClass() {
    return MySqlSourceTask.class;
  }

  @Override
  public ConfigDef config() {
    ConfigDef definition = SourceDefaults.MYSQL.define(super.config());
    defineOwn(definition);
    return definition;
  }

  private static void defineOwn(ConfigDef definition) {
    PositionOptions.define(definition);
    ReconnectOptions.define(definition);
    CopyOptions.define(definition);
    LoopOptions.define(definition);
    MarkerOptions.define(definition);
    PreflightOptions.define(definition);
  }

  /** What Debezium does not have. */
  static ConfigDef ownDefinition() {
    ConfigDef definition = new ConfigDef();
    defineOwn(definition);
    return definition;
  }

  @Override
  public void start(Map<String, String> options) {
    super.start(SourceDefaults.MYSQL.complete(options));
  }

  /** The log is read by one task, however many are allowed; further ones copy. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    Map<String, String> options = super.taskConfigs(1).get(0);
    CopyOptions copy = CopyOptions.of(ownDefinition().parse(options), options);
    return TaskRole.divide(options, copy, maxTasks);
  }

  /** Who removes all offsets wants to begin anew, with another copy. */
  @Override
  public boolean alterOffsets(
      Map<String, String> options, Map<Map<String, ?>, Map<String, ?>> offsets) {
    CopyOptions copy = CopyOptions.of(ownDefinition().parse(options), options);
    if (copy.blocks() && offsets.values().stream().allMatch(Objects::isNull)) {
      try (PlanTopic plan = PlanTopic.open(copy.planTopic(), options)) {
        plan.write(new PlanEntry.Reset());
      }
    }
    return true;
  }

  @Override
  public Config validate(Map<String, String> options) {
    Map<String, String> complete = SourceDefaults.MYSQL.complete(options);
    List<ConfigValue> values = new ArrayList<>(super.validate(complete).configValues());
    values.addAll(ownDefinition().validate(options));
    ValidatedOptions.add(CopyOptions.findings(options), values);
    ValidatedOptions.add(PositionOptions.findings(complete), values);
    ValidatedOptions.add(ReconnectOptions.findings(complete), values);
    if (ValidatedOptions.areValid(values)) {
      SourcePreflight.validate(CapturedDatabase.MYSQL, complete, values);
    }
    if (ValidatedOptions.areValid(values)) {
      ValidatedOptions.add(LogValidation.findings(CapturedDatabase.MYSQL, complete), values);
    }
    return ValidatedOptions.of(config(), complete, values);
  }

  /** The preflight connects. */
  @Override
  protected void validateConnection(Map<String, ConfigValue> values, Configuration settings) {}
}
