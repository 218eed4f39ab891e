package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.LocalStack;
import io.obconnect.stack.LocalStackExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class FullCopyIT {
  private static final int ROWS = 3_000;
  private static final int REQUEST_TIMEOUT_S = 30;

  /** Without Debezium's sink, which only the profile bench fetches. */
  private static final List<String> CONTENDERS = List.of(FullCopy.OURS, FullCopy.MYSQLDUMP);

  @Test
  void contendersThatRunAfterOneAnotherCopyEverythingAndLeaveNothingBehind(LocalStack stack)
      throws Exception {
    Path root = Path.of(System.getProperty("obconnect.root"));

    BenchReport report =
        new FullCopy()
            .run(new BenchContext(stack, root, new Screen(), ROWS, 2, List.of(), CONTENDERS));

    assertEquals(List.of("ours", "mysqldump"), List.copyOf(report.contenders().keySet()));
    assertTrue(
        report.contenders().values().stream().allMatch(c -> c.runs().size() == 2),
        () -> "runs: " + report);
    assertEquals(Set.of("ours/mysqldump"), report.ratios().keySet());
    assertTrue(topics(stack).stream().noneMatch(topic -> topic.contains("bench_")));
  }

  private static Set<String> topics(LocalStack stack) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stack.kafka().bootstrapServers()))) {
      return admin.listTopics().names().get(REQUEST_TIMEOUT_S, TimeUnit.SECONDS);
    }
  }
}
