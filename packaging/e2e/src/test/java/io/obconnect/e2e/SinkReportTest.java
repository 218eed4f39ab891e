package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkReportTest {

  private static PairedRates rates(long ours, long debezium, long cached, long one, long two) {
    Map<String, List<Long>> runs = new LinkedHashMap<>();
    runs.put("ours", List.of(ours));
    runs.put("debezium", List.of(debezium));
    runs.put("debezium-cached", List.of(cached));
    runs.put("limit-1", List.of(one));
    runs.put("limit-2", List.of(two));
    return new PairedRates(runs);
  }

  @Test
  void theRatioIsToTheFastestOfAGroupAndTheSmallestOfAllWorkloads() {
    Map<String, PairedRates> workloads = new LinkedHashMap<>();
    workloads.put("insert-only", rates(600, 200, 300, 800, 1_000));
    workloads.put("mixed", rates(300, 100, 50, 1_000, 500));

    BenchReport report = SinkReport.of("sink", 10, workloads, List.of());

    assertEquals(
        List.of(
            Map.entry("ours/debezium", 2.0),
            Map.entry("ours/debezium:insert-only", 2.0),
            Map.entry("ours/debezium:mixed", 3.0),
            Map.entry("ours/limit", 0.3),
            Map.entry("ours/limit:insert-only", 0.6),
            Map.entry("ours/limit:mixed", 0.3)),
        List.copyOf(report.ratios().entrySet()));
  }

  @Test
  void aContenderThatIsLeftOutLeavesItsRatioOutAndANote() throws Exception {
    Map<String, PairedRates> workloads = new LinkedHashMap<>();
    workloads.put("mixed", new PairedRates(Map.of("ours", List.of(3L))));

    BenchReport report = SinkReport.of("sink", 10, workloads, List.of("debezium: wrong"));

    assertEquals(
        """
        {"benchmark":"sink","rows":10,\
        "contenders":{"ours:mixed":{"rows_per_second":3,"runs":[3]}},\
        "ratios":{},"notes":["debezium: wrong"]}""",
        new ObjectMapper().writeValueAsString(report));
  }
}
