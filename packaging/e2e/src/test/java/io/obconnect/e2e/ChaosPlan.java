package io.obconnect.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Faults at random times. The seed alone decides: the same seed gives the same faults on every
 * machine, and a longer plan begins like a shorter one. Every kind of fault comes once before any
 * comes twice, so that a short plan has them all.
 */
record ChaosPlan(long seed, List<Step> steps) {
  private static final int MIN_PAUSE_MILLIS = 200;
  private static final int MAX_PAUSE_MILLIS = 3_000;
  private static final int MIN_OUTAGE_MILLIS = 500;
  private static final int MAX_OUTAGE_MILLIS = 5_000;

  /** What can happen; some faults last until they are mended, others are over at once. */
  enum Fault {
    KILL_WORKER,
    KILL_OCEANBASE,
    SEVER,
    STALL,
    LOSE_COMMIT,
    REBALANCE
  }

  /**
   * One fault.
   *
   * @param pause from the end of the step before it
   * @param victim index of the one of several workers that it happens to
   * @param outage from the fault until it is mended
   */
  record Step(Duration pause, Fault fault, int victim, Duration outage) {
    @Override
    public String toString() {
      return "after %d ms %s(%d) for %d ms"
          .formatted(pause.toMillis(), fault, victim, outage.toMillis());
    }
  }

  /** Copies the steps. */
  ChaosPlan {
    steps = List.copyOf(steps);
  }

  /** The plan of a seed for a stack with so many workers. */
  static ChaosPlan of(long seed, int steps, int workers) {
    Random random = new Random(seed);
    List<Fault> bag = new ArrayList<>();
    List<Step> plan = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      if (bag.isEmpty()) {
        bag.addAll(List.of(Fault.values()));
        Collections.shuffle(bag, random);
      }
      plan.add(
          new Step(
              between(random, MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS),
              bag.remove(bag.size() - 1),
              random.nextInt(workers),
              between(random, MIN_OUTAGE_MILLIS, MAX_OUTAGE_MILLIS)));
    }
    return new ChaosPlan(seed, plan);
  }

  /** The same plan without one kind of fault. */
  ChaosPlan without(Fault fault) {
    return new ChaosPlan(seed, steps.stream().filter(step -> step.fault() != fault).toList());
  }

  private static Duration between(Random random, int minMillis, int maxMillis) {
    return Duration.ofMillis(minMillis + random.nextInt(maxMillis - minMillis + 1));
  }

  @Override
  public String toString() {
    return steps.stream()
        .map(Step::toString)
        .collect(Collectors.joining("\n  ", "chaos plan of seed " + seed + ":\n  ", ""));
  }
}
