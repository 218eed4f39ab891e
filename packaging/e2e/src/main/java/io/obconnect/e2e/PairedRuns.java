package io.obconnect.e2e;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets contenders run in turn. Each pair begins with another one, so that none always meets the
 * coldest engines or the most leftovers of the others. Every pair counts; there is no warm-up.
 */
final class PairedRuns {
  private PairedRuns() {}

  /** One run of one contender. */
  @FunctionalInterface
  interface Run {
    /**
     * Measures rows per second.
     *
     * @param pair counted from 1
     */
    long rowsPerSecond(String contender, int pair) throws Exception;
  }

  static PairedRates measure(List<String> contenders, int pairs, Run run) throws Exception {
    Map<String, List<Long>> rates = new LinkedHashMap<>();
    contenders.forEach(name -> rates.put(name, new ArrayList<>()));
    for (int pair = 1; pair <= pairs; pair++) {
      for (String name : order(contenders, pair)) {
        rates.get(name).add(run.rowsPerSecond(name, pair));
      }
    }
    return new PairedRates(rates);
  }

  private static List<String> order(List<String> contenders, int pair) {
    List<String> order = new ArrayList<>(contenders);
    Collections.rotate(order, 1 - pair);
    return order;
  }
}
