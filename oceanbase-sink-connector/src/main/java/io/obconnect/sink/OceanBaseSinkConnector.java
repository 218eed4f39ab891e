package io.obconnect.sink;

import io.obconnect.model.PluginVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Applies change events, as Debezium writes them, to OceanBase (MySQL mode) or MySQL: creates the
 * tables from the source's own definitions and keeps their rows equal. Exactly once, unless that is
 * switched off.
 */
public final class OceanBaseSinkConnector extends SinkConnector {
  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return PluginVersion.of(getClass());
  }

  @Override
  public void start(Map<String, String> props) {
    properties = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return OceanBaseSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return IntStream.range(0, maxTasks).mapToObj(this::taskConfig).toList();
  }

  private Map<String, String> taskConfig(int number) {
    Map<String, String> config = new HashMap<>(properties);
    config.put(OceanBaseSinkConfig.TASK_NUMBER, String.valueOf(number));
    return Map.copyOf(config);
  }

  @Override
  public void stop() {
    properties = Map.of();
  }

  @Override
  public ConfigDef config() {
    return OceanBaseSinkConfig.definition();
  }

  /** Takes offsets that a user alters or resets over into the destination's marks (KIP-875). */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
    new OffsetAlteration(new OceanBaseSinkConfig(connectorConfig)).apply(offsets);
    return true;
  }

  /** Checks the options, and when they are well-formed also the destination itself. */
  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    Config config = super.validate(connectorConfigs);
    if (config.configValues().stream().map(ConfigValue::errorMessages).allMatch(List::isEmpty)) {
      OceanBaseSinkConfig options = new OceanBaseSinkConfig(connectorConfigs);
      options.contradiction().ifPresent(wrong -> report(config, wrong.getKey(), wrong.getValue()));
      new DestinationPreflight(options).check(config.configValues());
    }
    return config;
  }

  private static void report(Config config, String option, String message) {
    config.configValues().stream()
        .filter(value -> value.name().equals(option))
        .forEach(value -> value.addErrorMessage(message));
  }
}
