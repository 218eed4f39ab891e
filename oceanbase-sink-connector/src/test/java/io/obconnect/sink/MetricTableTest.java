package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.DocumentSection;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables in docs/metrics.md are those of the code. {@code mvn test -Dtest=MetricTableTest
 * -Dreadme.update=true} in this module writes them anew.
 */
class MetricTableTest {
  @Test
  void docsHoldTheMetrics() throws IOException {
    check("metrics", "| Metric | Unit | Tag | Meaning |\n|---|---|---|---|\n", metricRows());
  }

  @Test
  void docsHoldTheReasons() throws IOException {
    check("reasons", "| `reason` | Meaning |\n|---|---|\n", reasonRows());
  }

  private static void check(String table, String head, Stream<String> rows) throws IOException {
    DocumentSection section =
        new DocumentSection("docs/metrics.md", "<!-- " + table + " -->", "<!-- /" + table + " -->");
    String updated =
        section.textWith("\n\n" + head + rows.collect(Collectors.joining("\n")) + "\n\n");
    assertEquals(updated, section.text(), DocumentSection.HOW_TO_UPDATE);
  }

  private static Stream<String> metricRows() {
    return Arrays.stream(SinkMetric.values())
        .map(
            metric ->
                row(
                    "`" + metric.metricName() + "`",
                    metric.unit().name().toLowerCase(Locale.ROOT),
                    tag(metric.tag()),
                    metric.description()));
  }

  private static String tag(SinkMetric.Tag tag) {
    return tag.name().isEmpty()
        ? ""
        : "`"
            + tag.name()
            + "`"
            + (tag.values().isEmpty() ? "" : ": ")
            + String.join(", ", tag.values());
  }

  private static Stream<String> reasonRows() {
    return Arrays.stream(HoldReason.values())
        .map(reason -> row("`" + SinkMetric.tagValue(reason) + "`", reason.meaning()));
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
