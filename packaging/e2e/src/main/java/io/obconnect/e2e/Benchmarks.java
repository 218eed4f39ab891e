package io.obconnect.e2e;

import java.util.List;
import java.util.Optional;

/** Every benchmark there is. */
final class Benchmarks {
  private static final List<Benchmark> ALL =
      List.of(new FullCopy(), new SinkBenchmark(), new SinkLatency());

  private Benchmarks() {}

  static Optional<Benchmark> find(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(Benchmark::name).toList();
  }
}
