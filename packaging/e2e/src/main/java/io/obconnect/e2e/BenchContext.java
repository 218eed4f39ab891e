package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a benchmark works with.
 *
 * @param stack its engines; the benchmark may restart and empty them
 * @param root of the project
 * @param rows size of the task
 * @param pairs how often every contender runs
 * @param workloads the chosen ones of {@link Benchmark#workloads()}
 * @param contenders the chosen ones of {@link Benchmark#contenders()}
 */
record BenchContext(
    LocalStack stack,
    Path root,
    Screen screen,
    long rows,
    int pairs,
    List<String> workloads,
    List<String> contenders) {
  BenchContext {
    Objects.requireNonNull(stack, "stack");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(screen, "screen");
    workloads = List.copyOf(workloads);
    contenders = List.copyOf(contenders);
    if (rows < 1 || pairs < 1) {
      throw new IllegalArgumentException("at least one row and one pair: " + rows + ", " + pairs);
    }
  }

  /** The same with another size of the task. */
  BenchContext withSize(long otherRows, int otherPairs) {
    return new BenchContext(stack, root, screen, otherRows, otherPairs, workloads, contenders);
  }
}
