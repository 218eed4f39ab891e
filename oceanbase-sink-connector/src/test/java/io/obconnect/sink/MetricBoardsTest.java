package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.SqlFailure;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.junit.jupiter.api.Test;

/**
 * The metrics have the same names and tags on workers that know plugin metrics and on older ones.
 */
class MetricBoardsTest {
  private static final Map<String, String> TASK = Map.of("connector", "boards", "task", "3");

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  @Test
  void olderWorkersGetAnMBean() throws Exception {
    MetricBoard board = MetricBoards.of(new RecordingContext(), "boards", "3");
    assertInstanceOf(JmxMetricBoard.class, board);
    SinkMetrics metrics = new SinkMetrics(board, () -> 0);
    metrics.deadLetter();
    ObjectName name = new ObjectName("io.obconnect:type=plugins,connector=boards,task=3");
    assertEquals(1.0, beans.getAttribute(name, SinkMetric.DEAD_LETTERS.metricName()));
    metrics.close();
    assertFalse(beans.isRegistered(name));
    metrics.failed(SqlFailure.of(new SQLException("late", "40001", 1213)));
    assertEquals(
        Set.of(), beans.queryNames(new ObjectName("io.obconnect:type=plugins,*"), null), "late");
  }

  @Test
  void bothFormsShowTheSameSeries() throws Exception {
    Map<String, Set<String>> older = new TreeMap<>();
    try (SinkMetrics metrics = new SinkMetrics(new JmxMetricBoard("boards", "3"), () -> 0)) {
      metrics.laneClock(0);
      for (ObjectName name :
          beans.queryNames(new ObjectName("io.obconnect:type=plugins,*"), null)) {
        Set<String> attributes = new TreeSet<>();
        for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
          attributes.add(attribute.getName());
        }
        older.put(new TreeMap<>(name.getKeyPropertyList()).toString(), attributes);
      }
    }
    try (Metrics worker = new Metrics();
        PluginMetricsImpl plugin = new PluginMetricsImpl(worker, TASK)) {
      SinkMetrics metrics = new SinkMetrics(new PluginMetricBoard(plugin), () -> 0);
      metrics.laneClock(0);
      Map<String, Set<String>> current =
          worker.metrics().keySet().stream()
              .filter(name -> name.group().equals("plugins"))
              .collect(
                  Collectors.groupingBy(
                      name -> {
                        Map<String, String> tags = new TreeMap<>(name.tags());
                        tags.put("type", name.group());
                        return tags.toString();
                      },
                      TreeMap::new,
                      Collectors.mapping(
                          name -> name.name(), Collectors.toCollection(TreeSet::new))));
      assertEquals(current, older);
      assertTrue(current.size() > 10, current.toString());
    }
  }

  /** A former run of the task that would not stop still has its metrics. */
  @Test
  void metricThatIsTakenFailsNothing() throws Exception {
    try (Metrics worker = new Metrics();
        PluginMetricsImpl former = new PluginMetricsImpl(worker, TASK);
        PluginMetricsImpl next = new PluginMetricsImpl(worker, TASK)) {
      new SinkMetrics(new PluginMetricBoard(former), () -> 0).deadLetter();
      new SinkMetrics(new PluginMetricBoard(next), () -> 0).deadLetter();
    }
  }

  @Test
  void nothingIsShownAfterTheWorkerClosedTheMetrics() throws Exception {
    try (Metrics worker = new Metrics()) {
      PluginMetricsImpl plugin = new PluginMetricsImpl(worker, TASK);
      SinkMetrics metrics = new SinkMetrics(new PluginMetricBoard(plugin), () -> 0);
      plugin.close();
      metrics.laneClock(7);
      assertEquals(1, worker.metrics().size(), "the worker's own count");
    }
  }
}
