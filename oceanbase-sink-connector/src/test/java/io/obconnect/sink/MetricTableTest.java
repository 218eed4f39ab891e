package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final Path DOCS =
      Path.of(System.getProperty("obconnect.root", "..")).resolve("docs/metrics.md");

  @Test
  void docsHoldTheMetrics() throws IOException {
    check("metrics", "| Metric | Unit | Tag | Meaning |\n|---|---|---|---|\n", metricRows());
  }

  @Test
  void docsHoldTheReasons() throws IOException {
    check("reasons", "| `reason` | Meaning |\n|---|---|\n", reasonRows());
  }

  private static void check(String table, String head, Stream<String> rows) throws IOException {
    String docs = Files.readString(DOCS, StandardCharsets.UTF_8);
    String opening = "<!-- " + table + " -->";
    int begin = docs.indexOf(opening);
    int end = docs.indexOf("<!-- /" + table + " -->");
    assertTrue(begin >= 0 && end > begin, DOCS + " lacks the lines around " + table);
    String updated =
        docs.substring(0, begin + opening.length())
            + "\n\n"
            + head
            + rows.collect(Collectors.joining("\n"))
            + "\n\n"
            + docs.substring(end);
    if (Boolean.getBoolean("readme.update")) {
      Files.writeString(DOCS, updated, StandardCharsets.UTF_8);
      return;
    }
    assertEquals(updated, docs, "run this test with -Dreadme.update=true to write the table anew");
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
