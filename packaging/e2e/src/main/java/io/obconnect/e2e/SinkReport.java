package io.obconnect.e2e;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The report of the sink's benchmark from the rates of each workload. {@code ours/GROUP:WORKLOAD}
 * is the ratio to the best contender of a group, which is the smallest ratio; {@code ours/GROUP} is
 * the smallest over all workloads. A contender belongs to the group that its name begins with, as
 * {@code limit-2} to {@code limit}.
 */
final class SinkReport {
  static final String LIMIT = "limit";

  private static final List<String> GROUPS = List.of(SinkKinds.DEBEZIUM, LIMIT);

  private final Map<String, PairedRates> workloads;

  private SinkReport(Map<String, PairedRates> workloads) {
    this.workloads = Objects.requireNonNull(workloads, "workloads");
  }

  /**
   * Reports.
   *
   * @param workloads rates by workload
   * @param notes what is missing, and why
   */
  static BenchReport of(
      String benchmark, long rows, Map<String, PairedRates> workloads, List<String> notes) {
    SinkReport report = new SinkReport(workloads);
    return new BenchReport(benchmark, rows, report.contenders(), report.ratios(), Map.of(), notes);
  }

  private Map<String, BenchReport.Contender> contenders() {
    Map<String, BenchReport.Contender> contenders = new LinkedHashMap<>();
    workloads.forEach(
        (workload, rates) ->
            rates
                .runs()
                .forEach(
                    (name, runs) ->
                        contenders.put(
                            name + ":" + workload,
                            new BenchReport.Contender(rates.median(name), runs))));
    return contenders;
  }

  private Map<String, Double> ratios() {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (String group : GROUPS) {
      Map<String, Double> each = new LinkedHashMap<>();
      workloads.forEach(
          (workload, rates) ->
              smallest(rates, group).ifPresent(ratio -> each.put(workload, ratio)));
      String name = SinkKinds.OURS + "/" + group;
      each.values().stream()
          .min(Double::compare)
          .ifPresent(ratio -> ratios.put(name, BenchReport.rounded(ratio)));
      each.forEach(
          (workload, ratio) -> ratios.put(name + ":" + workload, BenchReport.rounded(ratio)));
    }
    return ratios;
  }

  private static OptionalDouble smallest(PairedRates rates, String group) {
    return rates.runs().keySet().stream()
        .filter(name -> name.equals(group) || name.startsWith(group + "-"))
        .mapToDouble(name -> rates.ratio(SinkKinds.OURS, name))
        .min();
  }
}
