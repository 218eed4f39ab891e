package io.obconnect.source;

import io.debezium.connector.mysql.MySqlConnector;
import io.obconnect.model.PluginVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    ReconnectOptions.define(definition);
    return definition;
  }

  /** What Debezium does not have. */
  static ConfigDef ownDefinition() {
    return ReconnectOptions.definition();
  }

  @Override
  public void start(Map<String, String> options) {
    super.start(SourceDefaults.MYSQL.complete(options));
  }

  /** The log is read by one task, however many are allowed. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return super.taskConfigs(1);
  }

  @Override
  public Config validate(Map<String, String> options) {
    Map<String, String> complete = SourceDefaults.MYSQL.complete(options);
    List<ConfigValue> debezium = super.validate(complete).configValues();
    return ValidatedOptions.of(
        config(),
        complete,
        Stream.concat(debezium.stream(), ownDefinition().validate(options).stream()).toList());
  }
}
