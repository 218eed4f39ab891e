package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Without Debezium's sink, which only the profile bench fetches. */
@ExtendWith(LocalStackExtension.class)
class SinkBenchIT {
  private static final int CHANGES = 2_000;

  @Test
  void everyContenderBringsEveryKindOfChangeAndIsProvenEqual(LocalStack stack) throws Exception {
    List<String> workloads = List.of("mixed", "unique-keys");

    BenchReport report =
        new SinkBenchmark()
            .run(context(stack, workloads, List.of(SinkKinds.OURS, SinkBenchmark.LIMIT)));

    assertEquals(List.of(), report.notes());
    assertEquals(
        Set.of("ours/limit", "ours/limit:mixed", "ours/limit:unique-keys"),
        report.ratios().keySet());
    assertEquals(8, report.contenders().size());
  }

  @Test
  void latencyIsMeasuredOfChangesThatAllArrive(LocalStack stack) throws Exception {
    BenchReport report =
        new SinkLatency().run(context(stack, List.of("busy"), List.of(SinkKinds.OURS)));

    Latency latency = report.latencies().get(SinkKinds.OURS + ":busy");
    assertTrue(
        latency.p50() > 0 && latency.p50() <= latency.p99() && latency.p99() <= latency.max(),
        latency::toString);
  }

  private static BenchContext context(
      LocalStack stack, List<String> workloads, List<String> contenders) {
    Path root = Path.of(System.getProperty("obconnect.root"));
    return new BenchContext(stack, root, new Screen(), CHANGES, 1, workloads, contenders);
  }
}
