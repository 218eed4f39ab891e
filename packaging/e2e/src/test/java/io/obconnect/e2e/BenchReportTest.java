package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchReportTest {

  @Test
  void otherProgramsReadExactlyThisJson() throws Exception {
    Map<String, List<Long>> runs = new LinkedHashMap<>();
    runs.put("ours", List.of(300L, 100L, 200L));
    runs.put("debezium", List.of(100L, 100L, 60L));
    runs.put("mysqldump", List.of(400L, 300L, 100L));

    BenchReport report =
        BenchReport.of("full-copy", 1_000, new PairedRates(runs), "ours", List.of());

    assertEquals(
        """
        {"benchmark":"full-copy","rows":1000,\
        "contenders":{\
        "ours":{"rows_per_second":200,"runs":[300,100,200]},\
        "debezium":{"rows_per_second":100,"runs":[100,100,60]},\
        "mysqldump":{"rows_per_second":300,"runs":[400,300,100]}},\
        "ratios":{"ours/debezium":3.0,"ours/mysqldump":0.75}}""",
        new ObjectMapper().writeValueAsString(report));
  }

  @Test
  void aRatioOfAContenderThatDidNotTakePartIsLeftOut() {
    PairedRates rates =
        new PairedRates(Map.of("4-tasks", List.of(6L, 9L), "1-task", List.of(2L, 3L)));

    BenchReport report =
        BenchReport.of(
            "x",
            1,
            rates,
            List.of(
                BenchRatio.of("4-tasks", "1-task"),
                new BenchRatio("end-to-end/other", "1-task", "other")),
            List.of());

    assertEquals(Map.of("4-tasks/1-task", 3.0), report.ratios());
  }

  @Test
  void aRatioHasThreeDigitsAfterThePoint() {
    BenchReport report =
        BenchReport.of(
            "x",
            1,
            new PairedRates(Map.of("ours", List.of(2L), "other", List.of(3L))),
            "ours",
            List.of());

    assertEquals(Map.of("ours/other", 0.667), report.ratios());
  }
}
