package io.obconnect.e2e;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows per second of contenders that ran in turn: the n-th runs of all of them are one pair, made
 * in the same minutes. On a machine that is faster at one time than at another only rates of one
 * pair can be compared, so a ratio is the median of the pairs' ratios, never a ratio of medians.
 *
 * @param runs rates in rows per second by contender, one for each pair, in the order of the pairs
 */
record PairedRates(Map<String, List<Long>> runs) {
  PairedRates {
    Map<String, List<Long>> copy = new LinkedHashMap<>();
    runs.forEach((name, rates) -> copy.put(name, List.copyOf(rates)));
    long lengths = copy.values().stream().mapToInt(List::size).distinct().count();
    if (lengths != 1 || copy.values().stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("every contender needs a run in every pair: " + copy);
    }
    if (copy.values().stream().flatMap(List::stream).anyMatch(rate -> rate <= 0)) {
      throw new IllegalArgumentException("a rate must be above zero: " + copy);
    }
    runs = Collections.unmodifiableMap(copy);
  }

  /** The middle of one contender's rates. */
  long median(String contender) {
    return Math.round(median(of(contender).stream().map(Long::doubleValue).toList()));
  }

  /** How many times as fast the first one is: the middle of the pairs' ratios. */
  double ratio(String contender, String other) {
    return median(ratios(contender, other));
  }

  /** How many times as fast the first one is, in every pair. */
  List<Double> ratios(String contender, String other) {
    List<Long> dividends = of(contender);
    List<Long> divisors = of(other);
    return IntStream.range(0, dividends.size())
        .mapToObj(pair -> (double) dividends.get(pair) / divisors.get(pair))
        .toList();
  }

  private List<Long> of(String contender) {
    List<Long> rates = runs.get(contender);
    if (rates == null) {
      throw new IllegalArgumentException("no contender " + contender + " in " + runs.keySet());
    }
    return rates;
  }

  static double median(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
