package io.obconnect.sink;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Keeps the metrics of a task for a test to read. */
final class RecordingBoard implements MetricBoard {
  private final Map<String, DoubleSupplier> series = new HashMap<>();

  @Override
  public synchronized void add(SinkMetric metric, String tagValue, DoubleSupplier value) {
    series.put(name(metric, tagValue), value);
  }

  synchronized double value(SinkMetric metric, String tagValue) {
    return series.get(name(metric, tagValue)).getAsDouble();
  }

  double value(SinkMetric metric) {
    return value(metric, "");
  }

  private static String name(SinkMetric metric, String tagValue) {
    return metric + "/" + tagValue;
  }

  @Override
  public void close() {
    series.clear();
  }
}
