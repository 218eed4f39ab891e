package io.obconnect.e2e;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a benchmark measured, as its JSON report.
 *
 * @param rows rows or changes of one run
 * @param ratios {@code ours/other}: the median of the pairwise ratios, above 1 where ours is faster
 * @param latencies medians over the runs of a contender, where latencies were measured
 * @param notes what is missing, and why
 */
record BenchReport(
    String benchmark,
    long rows,
    Map<String, Contender> contenders,
    Map<String, Double> ratios,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Latency> latencies,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes) {
  private static final double RATIO_DIGITS = 1_000;
  private static final int NAME_WIDTH = 34;
  private static final int VALUE_WIDTH = 16;

  BenchReport {
    contenders = Collections.unmodifiableMap(new LinkedHashMap<>(contenders));
    ratios = Collections.unmodifiableMap(new LinkedHashMap<>(ratios));
    latencies = Collections.unmodifiableMap(new LinkedHashMap<>(latencies));
    notes = List.copyOf(notes);
  }

  /**
   * One contender.
   *
   * @param rowsPerSecond the median of its runs
   * @param runs rows per second of every run, in the order of the pairs
   */
  record Contender(@JsonProperty("rows_per_second") long rowsPerSecond, List<Long> runs) {
    Contender {
      runs = List.copyOf(runs);
    }
  }

  /** A report with the ratio of one contender to each of the others. */
  static BenchReport of(
      String benchmark, long rows, PairedRates rates, String subject, List<String> notes) {
    List<BenchRatio> ratios =
        rates.runs().keySet().stream()
            .filter(name -> !name.equals(subject))
            .map(name -> BenchRatio.of(subject, name))
            .toList();
    return of(benchmark, rows, rates, ratios, notes);
  }

  /** A report with those of the ratios whose contenders took part. */
  static BenchReport of(
      String benchmark, long rows, PairedRates rates, List<BenchRatio> ratios, List<String> notes) {
    Map<String, Contender> contenders = new LinkedHashMap<>();
    rates
        .runs()
        .forEach((name, runs) -> contenders.put(name, new Contender(rates.median(name), runs)));
    Map<String, Double> values = new LinkedHashMap<>();
    for (BenchRatio each : ratios) {
      if (contenders.containsKey(each.dividend()) && contenders.containsKey(each.divisor())) {
        values.put(each.name(), rounded(rates.ratio(each.dividend(), each.divisor())));
      }
    }
    return new BenchReport(benchmark, rows, contenders, values, Map.of(), notes);
  }

  /** As far as the noise of a machine lets digits mean something. */
  static double rounded(double ratio) {
    return Math.round(ratio * RATIO_DIGITS) / RATIO_DIGITS;
  }

  void print(Screen screen) {
    if (!contenders.isEmpty()) {
      printRates(screen);
    }
    if (!ratios.isEmpty()) {
      printRatios(screen);
    }
    if (!latencies.isEmpty()) {
      printLatencies(screen);
    }
    notes.forEach(screen::note);
    screen.blank();
  }

  private void printRates(Screen screen) {
    screen.blank();
    heading(screen, "contender", "rows/s (median)", "runs");
    contenders.forEach(
        (name, contender) ->
            row(
                screen,
                name,
                Screen.number(contender.rowsPerSecond()),
                String.join("  ", contender.runs().stream().map(Screen::number).toList())));
  }

  private void printRatios(Screen screen) {
    screen.blank();
    heading(screen, "ratio", "median of pairs", "");
    ratios.forEach(
        (name, ratio) ->
            row(
                screen,
                name,
                String.format(Locale.ROOT, "%.2f x", ratio),
                ratio >= 1 ? screen.good("ahead") : screen.bad("behind")));
  }

  private void printLatencies(Screen screen) {
    screen.blank();
    heading(screen, "latency", "p99 (median)", "p50, p95, max (medians)");
    latencies.forEach(
        (name, latency) ->
            row(
                screen,
                name,
                milliseconds(latency.p99()),
                String.join(
                    "  ",
                    milliseconds(latency.p50()),
                    milliseconds(latency.p95()),
                    milliseconds(latency.max()))));
  }

  private static String milliseconds(double ms) {
    return String.format(Locale.ROOT, "%.1f ms", ms);
  }

  private static void heading(Screen screen, String name, String value, String rest) {
    screen.note(screen.faint(Screen.pad(name, NAME_WIDTH) + Screen.pad(value, VALUE_WIDTH) + rest));
  }

  private static void row(Screen screen, String name, String value, String rest) {
    screen.note(Screen.pad(name, NAME_WIDTH) + Screen.pad(value, VALUE_WIDTH) + rest);
  }

  void write(Path file) throws IOException {
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }
}
