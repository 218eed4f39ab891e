package io.obconnect.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A measurement that bin/bench can run by name. */
interface Benchmark {
  /** What users type. */
  String name();

  /** One sentence for the title. */
  String summary();

  /** The size of the task when users say nothing. */
  long defaultRows();

  /** The parts that users may choose from; none when it is all of one piece. */
  default List<String> workloads() {
    return List.of();
  }

  /**
   * A folder with plugins that Kafka Connect needs for this benchmark alone.
   *
   * @param root of the project
   * @throws IllegalStateException when it has not been built; says how to
   */
  Optional<Path> plugins(Path root);

  /**
   * Measures.
   *
   * @throws Exception when an engine or a contender fails, or a result is wrong: there is no report
   *     of a run that did not do its work
   */
  BenchReport run(BenchContext context) throws Exception;
}
