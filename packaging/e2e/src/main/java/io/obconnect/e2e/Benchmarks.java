package io.obconnect.e2e;

import java.util.List;
import java.util.Optional;

/** Every benchmark there is. */
final class Benchmarks {
  private static final List<Benchmark> ALL =
      List.of(
          new FullCopy(),
          new SourceBenchmark(),
          new StreamBenchmark(),
          new StreamLatency(),
          new SinkBenchmark(),
          new SinkLatency());

  private Benchmarks() {}

  static Optional<Benchmark> find(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }

  /** The parts of all of them. */
  static List<String> workloads() {
    return ALL.stream().flatMap(benchmark -> benchmark.workloads().stream()).toList();
  }

  static List<String> names() {
    return ALL.stream().map(Benchmark::name).toList();
  }
}
