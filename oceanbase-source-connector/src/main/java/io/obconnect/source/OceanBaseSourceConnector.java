package io.obconnect.source;

import io.debezium.config.Configuration;
import io.debezium.connector.mysql.MySqlConnector;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.jdbc.MySqlConnection;
import io.obconnect.model.PluginVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;

/**
 * Source connector for MySQL tenants of OceanBase that have a Binlog Service. Debezium's options
 * are those of its MySQL connector, some with another default; what is this project's own is in
 * groups of its own.
 */
public final class OceanBaseSourceConnector extends MySqlConnector {

  private static final String NO_BLOCKS =
      "OceanBase's tables are not copied in blocks yet: leave the option out, then Debezium's"
          + " snapshot copies them";

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
    defineOwn(definition);
    return definition;
  }

  private static void defineOwn(ConfigDef definition) {
    LogOptions.define(definition);
    PositionOptions.define(definition);
    ReconnectOptions.define(definition);
    MarkerOptions.define(definition);
    PreflightOptions.define(definition);
  }

  /** What Debezium does not have. */
  static ConfigDef ownDefinition() {
    ConfigDef definition = new ConfigDef();
    defineOwn(definition);
    return definition;
  }

  /**
   * Called by Connect.
   *
   * @throws ConfigException when the options ask for a copy in blocks, which no task would do
   */
  @Override
  public void start(Map<String, String> options) {
    if (CopyOptions.isBlocks(options)) {
      throw new ConfigException(CopyOptions.ENCODING, CopyOptions.BLOCKS, NO_BLOCKS);
    }
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
    List<ConfigValue> values = new ArrayList<>(super.validate(complete).configValues());
    values.addAll(ownDefinition().validate(options));
    String locking = complete.get(SourceDefaults.LOCKING_MODE);
    if (!locking.equals(SourceDefaults.NO_LOCKS)) {
      ValidatedOptions.refuse(
          values,
          SourceDefaults.LOCKING_MODE,
          locking,
          "OceanBase has no locks that a snapshot could take: none is possible");
    }
    if (CopyOptions.isBlocks(options)) {
      ValidatedOptions.refuse(values, CopyOptions.ENCODING, CopyOptions.BLOCKS, NO_BLOCKS);
    }
    ValidatedOptions.add(PositionOptions.findings(complete), values);
    ValidatedOptions.add(ReconnectOptions.findings(complete), values);
    boolean startIsValid =
        values.stream()
            .filter(value -> value.name().equals(PositionOptions.START))
            .allMatch(value -> value.errorMessages().isEmpty());
    if (startIsValid
        && PositionOptions.start(options).orElse(null) instanceof StartPosition.InFile) {
      ValidatedOptions.add(
          Map.of(
              PositionOptions.START,
              "files differ among the instances of a Binlog Service: use GTIDs"),
          values);
    }
    if (ValidatedOptions.areValid(values)) {
      SourcePreflight.validate(CapturedDatabase.OCEANBASE, complete, values);
    }
    if (ValidatedOptions.areValid(values)) {
      ValidatedOptions.add(LogValidation.findings(CapturedDatabase.OCEANBASE, complete), values);
    }
    return ValidatedOptions.of(config(), complete, values);
  }

  /** The preflight connects. */
  @Override
  protected void validateConnection(Map<String, ConfigValue> values, Configuration settings) {}

  @Override
  protected MySqlConnection createConnection(Configuration settings, MySqlConnectorConfig config) {
    return new OceanBaseConnection(settings, LogOptions.of(settings), config);
  }
}
