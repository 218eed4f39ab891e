package io.obconnect.e2e;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Help.Ansi;

/**
 * What the user sees: a line for each finished step, and one line that lives while something runs.
 * Colour and the live line only on a terminal; elsewhere the live line is printed now and then.
 */
final class Screen {
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
  private static final int STEP_WIDTH = 26;
  private static final int BAR_WIDTH = 24;
  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final boolean terminal;
  private final Ansi ansi;
  private long lastPlainNanos = System.nanoTime() - PLAIN_INTERVAL.toNanos();
  private boolean liveLine;

  Screen() {
    this.terminal = Ansi.AUTO.enabled();
    this.ansi = terminal ? Ansi.ON : Ansi.OFF;
  }

  void title(String title, String subtitle) {
    out.println();
    out.println(styled("@|bold " + title + "|@  @|faint " + subtitle + "|@"));
    out.println();
  }

  /** A step has begun; on a terminal it is shown until it is done. */
  void begin(String step) {
    if (terminal) {
      live(styled("@|faint  … |@" + step));
    }
  }

  void done(String step, String detail, Duration took) {
    clearLive();
    out.println(
        styled("@|green  ✓ |@")
            + pad(step, STEP_WIDTH)
            + pad(detail, 62)
            + styled("@|faint " + seconds(took) + "|@"));
  }

  /**
   * Runs a step to its end.
   *
   * @param work returns what there is to say about it
   */
  void step(String step, Callable<String> work) throws Exception {
    begin(step);
    long startNanos = System.nanoTime();
    String detail = work.call();
    done(step, detail, Duration.ofNanos(System.nanoTime() - startNanos));
  }

  void note(String line) {
    clearLive();
    out.println("   " + line);
  }

  void blank() {
    clearLive();
    out.println();
  }

  /**
   * Shows how far something is, as often as it is called on a terminal, every few seconds
   * elsewhere.
   */
  void progress(String step, double share, String detail) {
    String line = "   " + pad(step, STEP_WIDTH) + bar(share) + " " + detail;
    if (terminal) {
      live(line);
    } else if (System.nanoTime() - lastPlainNanos >= PLAIN_INTERVAL.toNanos()) {
      lastPlainNanos = System.nanoTime();
      out.println(line);
    }
  }

  private String bar(double share) {
    double bounded = Math.max(0, Math.min(1, share));
    int full = (int) Math.round(bounded * BAR_WIDTH);
    String filled = "█".repeat(full);
    String rest = "░".repeat(BAR_WIDTH - full);
    return styled("@|cyan " + filled + "|@@|faint " + rest + "|@")
        + String.format(Locale.ROOT, " %3d %%", (int) (bounded * 100));
  }

  void verdict(boolean good, String word, String detail) {
    clearLive();
    out.println();
    out.println(styled("@|bold," + (good ? "green" : "red") + " " + word + "|@") + "  " + detail);
    out.println();
  }

  String good(String text) {
    return styled("@|green " + text + "|@");
  }

  String bad(String text) {
    return styled("@|red " + text + "|@");
  }

  String faint(String text) {
    return styled("@|faint " + text + "|@");
  }

  static String pad(String text, int width) {
    int missing = width - text.codePointCount(0, text.length());
    return missing > 0 ? text + " ".repeat(missing) : text + " ";
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%6.1f s", duration.toMillis() / 1_000.0);
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private String styled(String markup) {
    return ansi.string(markup);
  }

  private void live(String line) {
    out.print(ERASE_LINE + line);
    out.flush();
    liveLine = true;
  }

  private void clearLive() {
    if (liveLine) {
      out.print(ERASE_LINE);
      liveLine = false;
    }
  }
}
