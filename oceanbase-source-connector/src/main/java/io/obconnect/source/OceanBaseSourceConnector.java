package io.obconnect.source;

import io.debezium.DebeziumException;
import io.debezium.config.Configuration;
import io.debezium.connector.mysql.MySqlConnector;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.jdbc.MySqlConnection;
import io.obconnect.model.PluginVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;

/**
 * Source connector for MySQL tenants of OceanBase that have a Binlog Service. Debezium's options
 * are those of its MySQL connector, some with another default; what is this project's own is in
 * groups of its own.
 */
public final class OceanBaseSourceConnector extends MySqlConnector {

  /** Called by Connect. */
  public OceanBaseSourceConnector() {}

  @Override
  public String version() {
    return PluginVersion.of(getClass());
  }

  @Override
  public Class<? extends Task> taskClass() {
    return OceanBaseSourceTask.class;
  }

  @Override
  public ConfigDef config() {
    ConfigDef definition = SourceDefaults.OCEANBASE.define(super.config());
    LogOptions.define(definition);
    PositionOptions.define(definition);
    ReconnectOptions.define(definition);
    return definition;
  }

  /** What Debezium does not have. */
  static ConfigDef ownDefinition() {
    ConfigDef definition = new ConfigDef();
    LogOptions.define(definition);
    PositionOptions.define(definition);
    ReconnectOptions.define(definition);
    return definition;
  }

  @Override
  public void start(Map<String, String> options) {
    super.start(SourceDefaults.OCEANBASE.complete(options));
  }

  /** The log is read by one task, however many are allowed. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return super.taskConfigs(1);
  }

  @Override
  public Config validate(Map<String, String> options) {
    Map<String, String> complete = SourceDefaults.OCEANBASE.complete(options);
    List<ConfigValue> debezium = super.validate(complete).configValues();
    if (!complete.get(SourceDefaults.LOCKING_MODE).equals(SourceDefaults.NO_LOCKS)) {
      value(debezium, SourceDefaults.LOCKING_MODE)
          .addErrorMessage("OceanBase has no locks that a snapshot could take: none is possible");
    }
    List<ConfigValue> own = ownDefinition().validate(options);
    List<ConfigValue> all = Stream.concat(debezium.stream(), own.stream()).toList();
    ValidatedOptions.add(PositionOptions.findings(complete), all);
    ValidatedOptions.add(ReconnectOptions.findings(complete), all);
    ConfigValue start = value(own, PositionOptions.START);
    if (start.errorMessages().isEmpty()
        && PositionOptions.start(options).orElse(null) instanceof StartPosition.InFile) {
      start.addErrorMessage("files differ among the instances of a Binlog Service: use GTIDs");
    }
    if (all.stream().allMatch(value -> value.errorMessages().isEmpty())) {
      validateLog(Configuration.from(complete), value(own, LogOptions.HOSTNAME), all);
    }
    return ValidatedOptions.of(config(), complete, all);
  }

  private static ConfigValue value(List<ConfigValue> values, String name) {
    return values.stream().filter(value -> value.name().equals(name)).findFirst().orElseThrow();
  }

  private void validateLog(Configuration settings, ConfigValue hostname, List<ConfigValue> values) {
    try (MySqlConnection connection = createConnection(settings, createConnectorConfig(settings))) {
      if (!connection.isGtidModeEnabled() || connection.knownGtidSet().isEmpty()) {
        hostname.addErrorMessage(
            "the Binlog Service has no GTIDs, and file positions are not the same in all of its"
                + " instances: set binlog_gtid_display=true, and wait for the first transaction");
      } else {
        ValidatedOptions.add(
            PositionOptions.findings(settings.asMap(), LogState.read(connection)), values);
      }
    } catch (NoBinlogServiceException | DebeziumException | SQLException e) {
      hostname.addErrorMessage(CaptureFailure.describe(e));
    }
  }

  @Override
  protected MySqlConnection createConnection(Configuration settings, MySqlConnectorConfig config) {
    return new OceanBaseConnection(settings, LogOptions.of(settings), config);
  }
}
