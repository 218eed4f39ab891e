package io.obconnect.sink;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's own metrics, group {@code plugins}: Connect adds the tags {@code connector} and
 * {@code task}, and removes everything after it has stopped the task.
 */
final class PluginMetricBoard implements MetricBoard {
  private static final Logger LOG = LoggerFactory.getLogger(PluginMetricBoard.class);

  private final PluginMetrics metrics;

  PluginMetricBoard(PluginMetrics metrics) {
    this.metrics = Objects.requireNonNull(metrics, "metrics");
  }

  @Override
  public void add(SinkMetric metric, String tagValue, DoubleSupplier value) {
    try {
      metrics.addMetric(
          metrics.metricName(
              metric.metricName(),
              metric.description(),
              new LinkedHashMap<>(MetricBoards.tags(metric, tagValue))),
          MetricBoards.gauge(value));
    } catch (IllegalStateException e) {
      LOG.debug("{} comes after the worker has closed the metrics", metric.metricName());
    } catch (IllegalArgumentException e) {
      // A former run of this task that would not stop in time. To migrate matters more.
      LOG.warn("{} is not shown: {}", metric.metricName(), e.getMessage());
    }
  }

  @Override
  public void close() {
    // Connect does it.
  }
}
