package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.e2e.ChaosPlan.Fault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {
  private static final int KILLS_OF_A_BAG = 4;
  private static final int WORKERS = 3;

  @Test
  void seedDecidesAlone() {
    assertEquals(ChaosPlan.of(7, 20, WORKERS), ChaosPlan.of(7, 20, WORKERS));
    assertNotEquals(ChaosPlan.of(7, 20, WORKERS).steps(), ChaosPlan.of(8, 20, WORKERS).steps());
  }

  /** A seed that is written down must mean the same plan in a later version, too. */
  @Test
  void planOfAKnownSeedStaysAsItIs() {
    assertEquals(
        """
        chaos plan of seed 1:
          after 1263 ms STALL(1) for 4146 ms
          after 2880 ms SEVER(1) for 3522 ms
          after 317 ms KILL_WORKER(0) for 4380 ms""",
        ChaosPlan.of(1, 1, WORKERS).toString());
  }

  @Test
  void planEndsWithTheLastOfItsKills() {
    seeds()
        .mapToObj(seed -> ChaosPlan.of(seed, 9, WORKERS).steps())
        .forEach(
            steps -> {
              assertEquals(9, steps.stream().filter(step -> step.fault().isKill()).count());
              assertTrue(steps.get(steps.size() - 1).fault().isKill());
            });
  }

  @Test
  void partsAreThePlan() {
    ChaosPlan plan = ChaosPlan.of(7, 9, WORKERS);
    assertEquals(plan.steps(), plan.parts(4).stream().flatMap(List::stream).toList());
    assertTrue(plan.parts(4).stream().allMatch(part -> part.size() <= 4));
  }

  @Test
  void longerPlanBeginsLikeAShorterOne() {
    List<ChaosPlan.Step> shorter = ChaosPlan.of(7, 9, WORKERS).steps();
    assertEquals(shorter, ChaosPlan.of(7, 50, WORKERS).steps().subList(0, shorter.size()));
  }

  @Test
  void everyKindComesInABag() {
    seeds()
        .forEach(
            seed -> {
              Set<Fault> first =
                  ChaosPlan.of(seed, KILLS_OF_A_BAG + 1, WORKERS).steps().stream()
                      .map(ChaosPlan.Step::fault)
                      .collect(Collectors.toSet());
              assertEquals(EnumSet.allOf(Fault.class), first, "seed " + seed);
            });
  }

  @Test
  void pausesOutagesAndVictimsAreBounded() {
    seeds()
        .mapToObj(seed -> ChaosPlan.of(seed, 30, WORKERS))
        .forEach(
            plan ->
                plan.steps()
                    .forEach(
                        step -> {
                          assertTrue(isBetween(step.pause(), 200, 3_000), plan::toString);
                          assertTrue(isBetween(step.outage(), 500, 5_000), plan::toString);
                          assertTrue(step.victim() >= 0 && step.victim() < WORKERS, plan::toString);
                        }));
  }

  private static boolean isBetween(Duration duration, long minMillis, long maxMillis) {
    return duration.toMillis() >= minMillis && duration.toMillis() <= maxMillis;
  }

  private static LongStream seeds() {
    return LongStream.rangeClosed(-100, 100);
  }
}
