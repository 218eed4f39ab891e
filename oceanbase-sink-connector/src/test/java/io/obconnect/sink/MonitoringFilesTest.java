package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * The dashboard and the exporter's rules in packaging/monitoring go with the metrics of the code.
 */
class MonitoringFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("obconnect.root", "..")).resolve("packaging/monitoring");
  private static final String PREFIX = "obconnect_sink_";

  private static String prometheusName(SinkMetric metric) {
    return PREFIX + metric.metricName().replace('-', '_');
  }

  private static List<String> matches(String file, String regex) throws IOException {
    return Pattern.compile(regex)
        .matcher(Files.readString(FOLDER.resolve(file)))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void dashboardShowsAllMetricsAndNoOther() throws IOException {
    assertEquals(
        Arrays.stream(SinkMetric.values())
            .map(MonitoringFilesTest::prometheusName)
            .collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>(matches("grafana-sink.json", PREFIX + "[a-z_]+")));
  }

  @Test
  void dashboardGroupsByTagsThatExist() throws IOException {
    Set<String> known =
        Arrays.stream(SinkMetric.values())
            .map(metric -> metric.tag().name())
            .collect(Collectors.toSet());
    known.addAll(Set.of("connector", "task"));
    for (String legend : matches("grafana-sink.json", "\\{\\{[a-z]+}}")) {
      assertTrue(known.contains(legend.substring(2, legend.length() - 2)), legend);
    }
  }

  /**
   * The exporter matches its patterns against {@code domain<key=value, ..><>attribute}, keys in the
   * MBean's own order, and cuts the rest off.
   */
  @Test
  void rulesReadBothForms() throws Exception {
    try (SinkMetrics metrics = new SinkMetrics(new JmxMetricBoard("monitored", "0"), () -> 0)) {
      metrics.laneClock(0);
      Set<ObjectName> names =
          ManagementFactory.getPlatformMBeanServer()
              .queryNames(new ObjectName("io.obconnect:type=plugins,connector=monitored,*"), null);
      for (ObjectName name : names) {
        String beanName = name.getKeyPropertyListString();
        String keys = beanName.replace(",", ", ");
        String quoted = keys.replaceAll("connector=([^,]+)", "connector=\"$1\"");
        assertEquals(labels("io.obconnect<" + keys), labels("kafka.connect<" + quoted));
        Map<String, String> expected = new TreeMap<>(name.getKeyPropertyList());
        expected.remove("type");
        expected.put("name", PREFIX + "some-metric");
        assertEquals(expected, labels("io.obconnect<" + keys));
      }
      assertTrue(names.size() > 10, names.toString());
    }
  }

  /** What the first rule that matches makes of an attribute. */
  private static Map<String, String> labels(String bean) throws IOException {
    List<String> patterns = matches("jmx-exporter.yaml", "(?<=- pattern: ').*(?=')");
    List<String> labels = matches("jmx-exporter.yaml", "(?m)(?<=^      )[a-z$0-9]+: \"\\$\\d\"");
    List<String> names = matches("jmx-exporter.yaml", "(?<=    name: ).*");
    for (String pattern : patterns) {
      Matcher matcher = Pattern.compile(pattern).matcher(bean + "><>some-metric");
      if (matcher.matches()) {
        boolean first = pattern.equals(patterns.get(0));
        Map<String, String> found = new TreeMap<>();
        found.put("name", expand(names.get(first ? 0 : 1), matcher));
        for (String label : first ? labels.subList(0, 3) : labels.subList(3, 5)) {
          String[] parts = label.split(": ", 2);
          found.put(expand(parts[0], matcher), expand(parts[1].replace("\"", ""), matcher));
        }
        return found;
      }
    }
    return Map.of();
  }

  private static String expand(String template, Matcher matcher) {
    String text = template;
    for (int group = 1; group <= matcher.groupCount(); group++) {
      text = text.replace("$" + group, matcher.group(group));
    }
    return text;
  }
}
