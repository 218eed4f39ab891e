package io.obconnect.sink;

import java.util.function.DoubleSupplier;

/** Where a task's metrics are shown. Thread-safe. */
interface MetricBoard extends AutoCloseable {

  /**
   * Shows one series from now on; does nothing once the board is closed.
   *
   * @param tagValue of the metric's tag, empty where it has none
   * @param value is asked for by any thread, often
   */
  void add(SinkMetric metric, String tagValue, DoubleSupplier value);

  @Override
  void close();
}
