package io.obconnect.e2e;

import java.util.List;

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

  /** Who takes part; users may choose some of them. */
  List<String> contenders();

  /** Who always takes part. */
  default List<String> required() {
    return List.of(SinkKinds.OURS);
  }

  /**
   * Measures.
   *
   * @throws Exception when an engine or a contender fails, or a result is wrong: there is no report
   *     of a run that did not do its work
   */
  BenchReport run(BenchContext context) throws Exception;
}
