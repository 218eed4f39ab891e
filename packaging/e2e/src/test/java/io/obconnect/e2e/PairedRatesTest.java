package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairedRatesTest {
  private static final double EXACT = 1e-9;

  @Test
  void aSlowMinuteThatHitsBothOfAPairDoesNotMoveTheRatio() {
    PairedRates rates =
        new PairedRates(Map.of("ours", List.of(30L, 300L, 33L), "other", List.of(10L, 100L, 10L)));

    assertEquals(3.0, rates.ratio("ours", "other"), EXACT);
    assertEquals(List.of(3.0, 3.0, 3.3), rates.ratios("ours", "other"));
  }

  @Test
  void theRatioIsNotTheRatioOfTheMedians() {
    PairedRates rates =
        new PairedRates(Map.of("ours", List.of(10L, 20L, 90L), "other", List.of(10L, 40L, 30L)));

    assertEquals(20, rates.median("ours"));
    assertEquals(30, rates.median("other"));
    assertEquals(1.0, rates.ratio("ours", "other"), EXACT);
  }

  @Test
  void anEvenNumberOfPairsTakesTheMeanOfTheTwoInTheMiddle() {
    PairedRates rates =
        new PairedRates(
            Map.of("ours", List.of(40L, 10L, 20L, 30L), "other", List.of(10L, 10L, 10L, 10L)));

    assertEquals(25, rates.median("ours"));
    assertEquals(2.5, rates.ratio("ours", "other"), EXACT);
  }

  @Test
  void aMissingRunIsRefusedAndNotPairedWithAnotherOne() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new PairedRates(Map.of("ours", List.of(1L, 2L), "other", List.of(1L))));
    assertThrows(IllegalArgumentException.class, () -> new PairedRates(Map.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new PairedRates(Map.of("ours", List.of(0L))));
  }

  @Test
  void everyPairBeginsWithAnotherContenderAndRunsStayInTheirPair() throws Exception {
    List<String> order = new ArrayList<>();

    PairedRates rates =
        PairedRuns.measure(
            List.of("a", "b", "c"),
            4,
            (name, pair) -> {
              order.add(name + pair);
              return pair * 10L + name.charAt(0) - 'a';
            });

    assertEquals(
        List.of("a1", "b1", "c1", "b2", "c2", "a2", "c3", "a3", "b3", "a4", "b4", "c4"), order);
    assertEquals(List.of(11L, 21L, 31L, 41L), rates.runs().get("b"));
    assertEquals(List.of("a", "b", "c"), List.copyOf(rates.runs().keySet()));
  }

  @Test
  void aContenderWithoutAResultRunsNoMoreAndHasNoRuns() throws Exception {
    List<String> order = new ArrayList<>();

    Map<String, List<Integer>> results =
        PairedRuns.alternate(
            List.of("a", "b"),
            3,
            (name, pair) -> {
              order.add(name + pair);
              return name.equals("b") && pair == 2 ? Optional.empty() : Optional.of(pair);
            });

    assertEquals(List.of("a1", "b1", "b2", "a2", "a3"), order);
    assertEquals(Map.of("a", List.of(1, 2, 3)), results);
  }
}
