package io.obconnect.sink;

import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Finds the board that the worker has. */
final class MetricBoards {

  private MetricBoards() {}

  /**
   * Connect's own metrics (KIP-877), or an MBean with the same names and tags where Connect is
   * older than 4.1. This is the only place that tries what an older worker lacks.
   */
  static MetricBoard of(SinkTaskContext context, String connector, String task) {
    try {
      return new PluginMetricBoard(context.pluginMetrics());
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      return new JmxMetricBoard(connector, task);
    }
  }

  /** The metric's own tag. */
  static Map<String, String> tags(SinkMetric metric, String tagValue) {
    return tagValue.isEmpty() ? Map.of() : Map.of(metric.tag().name(), tagValue);
  }

  static Gauge<Double> gauge(DoubleSupplier value) {
    return (config, nowMs) -> value.getAsDouble();
  }
}
