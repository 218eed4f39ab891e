package io.obconnect.sink;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;

/**
 * An MBean of the sink's own, named as Connect 4.1 names that of a plugin but for the domain:
 * {@code io.obconnect:type=plugins,connector=NAME,task=N}.
 */
final class JmxMetricBoard implements MetricBoard {
  static final String DOMAIN = "io.obconnect";
  private static final String GROUP = "plugins";

  private final JmxReporter reporter = new JmxReporter();
  private final Map<String, String> taskTags = new LinkedHashMap<>();
  private boolean closed;

  JmxMetricBoard(String connector, String task) {
    taskTags.put("connector", connector);
    taskTags.put("task", task);
    reporter.contextChange(new KafkaMetricsContext(DOMAIN));
  }

  @Override
  public synchronized void add(SinkMetric metric, String tagValue, DoubleSupplier value) {
    if (closed) {
      return;
    }
    Map<String, String> tags = new LinkedHashMap<>(taskTags);
    tags.putAll(MetricBoards.tags(metric, tagValue));
    MetricName name = new MetricName(metric.metricName(), GROUP, metric.description(), tags);
    reporter.metricChange(
        new KafkaMetric(
            new Object(), name, MetricBoards.gauge(value), new MetricConfig(), Time.SYSTEM));
  }

  @Override
  public synchronized void close() {
    closed = true;
    reporter.close();
  }
}
