package io.obconnect.e2e;

import io.obconnect.model.TableId;
import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.LocalStack;
import io.obconnect.verifier.TableComparator;
import io.obconnect.verifier.TableComparison;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Migrates the demo's database while it is written to, and proves both sides equal. Each phase
 * prints what it does.
 */
final class Quickstart {
  private static final String TOPIC_PREFIX = "shop";
  private static final Duration COPY_TIMEOUT = Duration.ofMinutes(60);
  private static final Duration CATCH_UP_TIMEOUT = Duration.ofMinutes(15);
  private static final long CAUGHT_UP_MS = 1_000;
  private static final int SETTLED_POLLS = 2;

  private final LocalStack stack;
  private final StackConnectors connectors;
  private final ConnectorPair pair;
  private final Screen screen;
  private final DemoShop shop;
  private final Duration liveTime;
  private final Map<String, Double> phases = new LinkedHashMap<>();

  Quickstart(
      LocalStack stack,
      Path root,
      ConnectorPair pair,
      Screen screen,
      long rows,
      Duration liveTime) {
    this.stack = Objects.requireNonNull(stack, "stack");
    this.connectors = new StackConnectors(stack, root);
    this.pair = Objects.requireNonNull(pair, "pair");
    this.screen = Objects.requireNonNull(screen, "screen");
    this.shop = new DemoShop(rows);
    this.liveTime = Objects.requireNonNull(liveTime, "liveTime");
  }

  /** A phase that may fail and takes time. */
  @FunctionalInterface
  private interface Phase {
    String run() throws Exception;
  }

  QuickstartReport run() throws Exception {
    startEngines();
    phase("Demo database", "demo_database", this::createShop);
    screen.blank();
    try (Connection source = stack.mysql().connect();
        Connection destination = stack.oceanbase().connect();
        LiveWriter writer = new LiveWriter(stack.mysql().connect(), shop)) {
      writer.start();
      screen.note(
          "An application writes to MySQL from now on: orders, updates, deletes, changed keys.");
      screen.blank();
      return migrate(source, destination, writer);
    }
  }

  private void startEngines() throws Exception {
    phase("MySQL (source)", "start_mysql", () -> stack.mysql().address());
    phase("OceanBase (destination)", "start_oceanbase", () -> stack.oceanbase().address());
    phase("Kafka", "start_kafka", () -> stack.kafka().bootstrapServers());
    phase(
        "Kafka Connect",
        "start_connect",
        () -> {
          connectors.requirePlugins(pair);
          return stack.connect().uri().toString();
        });
  }

  private String createShop() throws Exception {
    try (Connection source = stack.mysql().connect();
        Connection destination = stack.oceanbase().connect()) {
      DemoShop.refuseExisting(source, "the source");
      DemoShop.refuseExisting(destination, "the destination");
      shop.create(source);
    }
    return Screen.number(shop.rows())
        + " rows in "
        + DemoShop.TABLES.size()
        + " tables of database "
        + DemoShop.DATABASE;
  }

  private void phase(String title, String key, Phase phase) throws Exception {
    screen.begin(title);
    long start = System.nanoTime();
    String detail = phase.run();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    phases.put(key, took.toMillis() / 1_000.0);
    screen.done(title, detail, took);
  }

  private QuickstartReport migrate(Connection source, Connection destination, LiveWriter writer)
      throws Exception {
    ConnectRest rest = stack.connect().rest();
    ConnectorTemplate sink = connectors.sink(pair);
    long start = System.nanoTime();
    post(rest, connectors.source(pair), pair.sourceFile());
    post(rest, sink, pair.sinkFile());
    screen.blank();
    ShopView view = new ShopView(destination);
    phase("Full copy", "copy", () -> watchCopy(rest, view, writer, start));
    long copyRate = Math.round(shop.rows() * 1e9 / (System.nanoTime() - start));
    phase("Changes meanwhile", "backlog", () -> watchBacklog(rest, view));
    LagWatch lag = new LagWatch(view);
    phase("Live changes", "live", () -> watchLive(rest, lag, writer));
    long lastBeat = writer.finish();
    phase("Catch-up", "catch_up", () -> catchUp(rest, view, sink.name(), lastBeat));
    List<TableComparison> comparisons = new ArrayList<>();
    phase("Comparison", "compare", () -> compare(source, destination, comparisons));
    return new QuickstartReport(
        comparisons.stream().map(QuickstartReport.Table::of).toList(),
        copyRate,
        lag.maxMs(),
        writer.writes(),
        phases);
  }

  /** Takes the connectors away again, from a worker that goes on without this program. */
  void removeConnectors() {
    ConnectRest rest = stack.connect().rest();
    rest.deleteConnector(connectors.sink(pair).name());
    rest.deleteConnector(connectors.source(pair).name());
  }

  private void post(ConnectRest rest, ConnectorTemplate connector, String file) throws Exception {
    phase(
        "POST /connectors",
        "post_" + connector.name(),
        () -> {
          rest.postConnector(connector.document());
          return "connect-configs/" + file;
        });
  }

  private String watchCopy(ConnectRest rest, ShopView view, LiveWriter writer, long startNanos)
      throws Exception {
    long wanted = shop.rows();
    Deadline.await(
        "the full copy",
        COPY_TIMEOUT,
        () -> {
          failOnFailedTask(rest);
          long rows = view.rows();
          double seconds = (System.nanoTime() - startNanos) / 1e9;
          screen.progress(
              "Full copy",
              (double) rows / wanted,
              Screen.number(rows)
                  + " of "
                  + Screen.number(wanted)
                  + " rows, "
                  + Screen.number(Math.round(rows / seconds))
                  + " rows/s, "
                  + Screen.number(writer.writes())
                  + " live writes");
          return rows >= wanted && view.beat().orElse(0) > 0;
        });
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return Screen.number(wanted)
        + " rows, "
        + Screen.number(Math.round(wanted / seconds))
        + " rows/s";
  }

  /**
   * What was written during the copy waits in Kafka; the destination has caught up when it is
   * seconds behind.
   */
  private String watchBacklog(ConnectRest rest, ShopView view) throws Exception {
    LagWatch lag = new LagWatch(view);
    Deadline.await(
        "the destination's catching up with the changes made during the copy",
        CATCH_UP_TIMEOUT,
        () -> {
          failOnFailedTask(rest);
          long lagMs = lag.measure();
          screen.progress(
              "Changes meanwhile",
              (double) CAUGHT_UP_MS / Math.max(CAUGHT_UP_MS, lagMs),
              "destination behind by " + Screen.number(lagMs) + " ms");
          return lagMs <= CAUGHT_UP_MS;
        });
    return "applied; the destination follows the source";
  }

  private String watchLive(ConnectRest rest, LagWatch lag, LiveWriter writer) throws Exception {
    long writesBefore = writer.writes();
    long startNanos = System.nanoTime();
    long endNanos = startNanos + liveTime.toNanos();
    while (System.nanoTime() < endNanos) {
      failOnFailedTask(rest);
      long lagMs = lag.measure();
      double share = (double) (System.nanoTime() - startNanos) / liveTime.toNanos();
      screen.progress(
          "Live changes",
          share,
          Screen.number(writer.writes() - writesBefore)
              + " rows written, destination behind by "
              + Screen.number(lagMs)
              + " ms");
      Deadline.pause();
    }
    return Screen.number(writer.writes() - writesBefore)
        + " rows written, destination behind by at most "
        + Screen.number(lag.maxMs())
        + " ms";
  }

  private String catchUp(ConnectRest rest, ShopView view, String sinkName, long lastBeat)
      throws Exception {
    try (SinkProgress progress = new SinkProgress(stack.kafka().bootstrapServers())) {
      int[] settled = {0};
      Deadline.await(
          "the destination's catching up",
          CATCH_UP_TIMEOUT,
          () -> {
            failOnFailedTask(rest);
            OptionalLong beat = view.beat();
            long behind = progress.behind(sinkName, TOPIC_PREFIX);
            boolean reached = beat.isPresent() && beat.getAsLong() == lastBeat && behind == 0;
            settled[0] = reached ? settled[0] + 1 : 0;
            screen.progress(
                "Catch-up", reached ? 1 : 0.5, Screen.number(behind) + " records to apply");
            return settled[0] >= SETTLED_POLLS;
          });
    }
    return "writing has stopped, every change has arrived";
  }

  private static String compare(
      Connection source, Connection destination, List<TableComparison> comparisons)
      throws Exception {
    TableComparator comparator = new TableComparator();
    for (String table : DemoShop.TABLES) {
      TableId ref = new TableId(DemoShop.DATABASE, table);
      comparisons.add(comparator.compare(source, destination, ref, ref));
    }
    return "row counts and 64-bit checksums, computed by both engines";
  }

  private void failOnFailedTask(ConnectRest rest) {
    FailedTasks.refuse(rest, List.of(connectors.source(pair).name(), connectors.sink(pair).name()));
  }
}
