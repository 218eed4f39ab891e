package io.obconnect.e2e;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * How long inserts take until they are visible in the destination, where a poller asks every 5 ms
 * which rows are new. The time of a row ends with the first query that sees it, so half a poll's
 * time is in it. The first quarter of the changes warms up and does not count.
 */
final class VisibleLatency {
  private static final int WARM_UP_DIVISOR = 4;
  private static final Duration LOOK_PAUSE = Duration.ofMillis(5);
  private static final Duration LAST_CHANGE_TIMEOUT = Duration.ofMinutes(5);

  private VisibleLatency() {}

  /**
   * Measures.
   *
   * @param perSecond the pace at which changes are sent
   * @param sent when the row with each key was sent, from key 1 on, by {@link System#nanoTime()};
   *     more may have been sent than the context's rows
   */
  static Latency measure(
      BenchContext context,
      BenchTable table,
      int perSecond,
      Future<long[]> sent,
      RunningCopy copy,
      Connection destination)
      throws Exception {
    int rows = Math.toIntExact(context.rows());
    VisibleRows visible = new VisibleRows(destination, table.id(), rows);
    Deadline.await(
        "the last change's becoming visible",
        LAST_CHANGE_TIMEOUT.plusSeconds(rows / perSecond),
        LOOK_PAUSE,
        () -> {
          copy.check();
          refuseFailed(sent);
          boolean all = visible.allAfterLook();
          context
              .screen()
              .progress(
                  "Changes",
                  (double) visible.complete() / rows,
                  Screen.number(visible.complete()) + " rows");
          return all;
        });
    long[] sentNanos = sent.get();
    long[] seenNanos = visible.seenNanos();
    return Latency.ofNanos(
        IntStream.range(rows / WARM_UP_DIVISOR, rows)
            .mapToLong(i -> seenNanos[i] - sentNanos[i])
            .toArray());
  }

  private static void refuseFailed(Future<long[]> sent) throws Exception {
    if (sent.isDone()) {
      sent.get();
    }
  }
}
