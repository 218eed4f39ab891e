package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopyPlanTest {
  private static final TableId TABLE = new TableId("shop", "orders");
  private static final PlanEntry.Run RUN = run(1, 100);

  private final CopyPlan plan = new CopyPlan();

  private static PlanEntry.Run run(long number, long position) {
    return new PlanEntry.Run(TABLE, number, Map.of("pos", position), 10);
  }

  private static PlanEntry.Part part(long run, int number, String after, String to) {
    return new PlanEntry.Part(new Chunk(TABLE, run, number, bound(after), bound(to)));
  }

  private static List<String> bound(String literal) {
    return literal == null ? List.of() : List.of(literal);
  }

  private List<Chunk> chunks() {
    return plan.copy(TABLE).orElseThrow().chunks();
  }

  @Test
  void chunksThatFollowOneAnotherCount() {
    plan.accept(RUN);
    plan.accept(part(1, 0, null, "10"));
    plan.accept(part(1, 1, "10", "20"));
    assertEquals(2, chunks().size());
    assertFalse(plan.copy(TABLE).orElseThrow().isPlanned());
    plan.accept(part(1, 2, "20", null));
    assertTrue(plan.copy(TABLE).orElseThrow().isPlanned());
  }

  /** Both planners are read by all in one order, so that all come to the same ranges. */
  @Test
  void whatAReplacedPlannerWritesBetweenTheLinesOfItsSuccessorLeavesNoGapAndNoOverlap() {
    plan.accept(RUN);
    plan.accept(part(1, 0, null, "10"));
    plan.accept(part(1, 0, null, "12"));
    plan.accept(part(1, 1, "12", "24"));
    plan.accept(part(1, 1, "10", "20"));
    plan.accept(part(1, 2, "24", null));
    plan.accept(part(1, 2, "20", null));
    plan.accept(part(1, 3, "24", null));
    assertEquals(
        List.of(
            part(1, 0, null, "10").chunk(),
            part(1, 1, "10", "20").chunk(),
            part(1, 2, "20", null).chunk()),
        chunks());
  }

  @Test
  void ofARunTheFirstLineCounts() {
    plan.accept(RUN);
    plan.accept(part(1, 0, null, "10"));
    plan.accept(run(1, 200));
    assertEquals(1, chunks().size());
    assertEquals(Optional.of(Map.of("pos", 100L)), plan.start());
  }

  @Test
  void laterRunReplacesAnEarlierOneAndItsChunks() {
    plan.accept(RUN);
    plan.accept(part(1, 0, null, null));
    plan.accept(run(2, 200));
    plan.accept(part(1, 0, null, null));
    assertEquals(List.of(), chunks());
    plan.accept(part(2, 0, null, null));
    assertEquals(2, chunks().get(0).run());
  }

  @Test
  void numbersOfRunsAreNotGivenAgainAfterAReset() {
    plan.accept(RUN);
    plan.accept(new PlanEntry.Reset());
    assertEquals(Optional.empty(), plan.copy(TABLE));
    assertEquals(Optional.empty(), plan.start());
    assertEquals(2, plan.nextRun(TABLE));
    plan.accept(part(1, 0, null, null));
    assertEquals(Optional.empty(), plan.copy(TABLE));
  }

  @Test
  void linesAreReadAsTheyWereWritten() {
    for (PlanEntry entry :
        List.of(
            new PlanEntry.Run(
                TABLE, 3, Map.of("file", "binlog.000001", "pos", 4, "gtids", "u:1-5"), 7),
            part(3, 4, "'a\\'b'", "x'00ff'"),
            new PlanEntry.Streamed(TABLE),
            new PlanEntry.Reset())) {
      assertEquals(entry, PlanText.read(PlanText.write(entry)));
    }
  }
}
