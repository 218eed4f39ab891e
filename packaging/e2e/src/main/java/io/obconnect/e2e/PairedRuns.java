package io.obconnect.e2e;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets contenders run in turn. Each pair begins with another one, so that none always meets the
 * coldest engines or the most leftovers of the others. Every pair counts.
 */
final class PairedRuns {
  private PairedRuns() {}

  /** One run of one contender. */
  @FunctionalInterface
  interface Run<R> {
    /**
     * Measures.
     *
     * @param pair counted from 1
     */
    R measure(String contender, int pair) throws Exception;
  }

  /** Measures rates in rows per second. */
  static PairedRates measure(List<String> contenders, int pairs, Run<Long> run) throws Exception {
    return new PairedRates(
        alternate(contenders, pairs, (name, pair) -> Optional.of(run.measure(name, pair))));
  }

  /**
   * Measures anything. A contender whose run has no result does not run again, and has none at all.
   *
   * @return the results by contender, one for each pair, in the order of the pairs
   */
  static <R> Map<String, List<R>> alternate(
      List<String> contenders, int pairs, Run<Optional<R>> run) throws Exception {
    Map<String, List<R>> results = new LinkedHashMap<>();
    contenders.forEach(name -> results.put(name, new ArrayList<>()));
    for (int pair = 1; pair <= pairs; pair++) {
      for (String name : order(contenders, pair)) {
        if (results.containsKey(name)) {
          Optional<R> result = run.measure(name, pair);
          result.ifPresentOrElse(results.get(name)::add, () -> results.remove(name));
        }
      }
    }
    return results;
  }

  private static List<String> order(List<String> contenders, int pair) {
    List<String> order = new ArrayList<>(contenders);
    Collections.rotate(order, 1 - pair);
    return order;
  }
}
