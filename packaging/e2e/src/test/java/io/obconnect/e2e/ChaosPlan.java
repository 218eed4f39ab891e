package io.obconnect.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Faults at random times. The seed alone decides: the same seed gives the same faults on every
 * machine, and a longer plan begins like a shorter one. Faults are drawn from a bag that is filled
 * anew when it is empty, so that even a short plan has every kind; half of a bag are kills.
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
    REBALANCE;

    /** Whether a process ends by SIGKILL. */
    boolean isKill() {
      return this == KILL_WORKER || this == KILL_OCEANBASE;
    }
  }

  private static final List<Fault> BAG =
      List.of(
          Fault.KILL_WORKER,
          Fault.KILL_WORKER,
          Fault.KILL_OCEANBASE,
          Fault.KILL_OCEANBASE,
          Fault.SEVER,
          Fault.STALL,
          Fault.LOSE_COMMIT,
          Fault.REBALANCE);

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

  /** The plan of a seed for a stack with so many workers; it ends with the last kill. */
  static ChaosPlan of(long seed, int kills, int workers) {
    Random random = new Random(seed);
    List<Fault> bag = new ArrayList<>();
    List<Step> plan = new ArrayList<>();
    for (int killed = 0; killed < kills; ) {
      if (bag.isEmpty()) {
        bag.addAll(BAG);
        Collections.shuffle(bag, random);
      }
      Step step =
          new Step(
              between(random, MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS),
              bag.remove(bag.size() - 1),
              random.nextInt(workers),
              between(random, MIN_OUTAGE_MILLIS, MAX_OUTAGE_MILLIS));
      plan.add(step);
      killed += step.fault().isKill() ? 1 : 0;
    }
    return new ChaosPlan(seed, plan);
  }

  /** The plan in parts of so many steps; the last one may have fewer. */
  List<List<Step>> parts(int size) {
    List<List<Step>> parts = new ArrayList<>();
    for (int from = 0; from < steps.size(); from += size) {
      parts.add(steps.subList(from, Math.min(from + size, steps.size())));
    }
    return parts;
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
