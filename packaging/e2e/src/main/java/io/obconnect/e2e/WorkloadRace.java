package io.obconnect.e2e;

import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The contenders of one workload, run in turn on the same topics. One thread only. */
final class WorkloadRace {
  private final BenchContext context;
  private final String title;
  private final Workload workload;
  private final PrefilledTopics topics;
  private final Map<String, Contender> contenders = new LinkedHashMap<>();
  private final LeftOut leftOut;

  /**
   * A race on the topics of a workload; rates are counted in their records.
   *
   * @param title what it is called on the screen
   */
  WorkloadRace(
      BenchContext context,
      String title,
      Workload workload,
      PrefilledTopics topics,
      List<Contender> contenders) {
    this.context = Objects.requireNonNull(context, "context");
    this.leftOut = new LeftOut(context.screen());
    this.title = Objects.requireNonNull(title, "title");
    this.workload = Objects.requireNonNull(workload, "workload");
    this.topics = Objects.requireNonNull(topics, "topics");
    contenders.forEach(contender -> this.contenders.put(contender.name(), contender));
  }

  /**
   * Measures records per second. A contender that fails or leaves a wrong result has none, and
   * there is a note about it.
   *
   * @throws WrongResultException when this project's sink leaves a wrong result
   * @throws FailedTaskException when this project's sink fails
   */
  PairedRates run() throws Exception {
    return new PairedRates(
        PairedRuns.alternate(
            List.copyOf(contenders.keySet()),
            context.pairs(),
            (name, pair) ->
                leftOut.unlessFailed(
                    name,
                    name + ":" + workload.name(),
                    () -> measure(contenders.get(name), pair))));
  }

  /** What is missing in the rates, and why. */
  List<String> notes() {
    return leftOut.notes();
  }

  private long measure(Contender contender, int pair) throws Exception {
    String step = title + " " + pair + ", " + contender.name();
    context.screen().begin(step);
    prepare(contender);
    Duration took = apply(contender, pair);
    TableProof.refuseDifferent(
        context.stack(), contender.name(), workload.tables().stream().map(BenchTable::id).toList());
    long rate = Math.max(1, Math.round(topics.records() / (took.toNanos() / 1e9)));
    context.screen().done(step, Screen.number(rate) + " changes/s, equal", took);
    return rate;
  }

  private void prepare(Contender contender) throws Exception {
    BenchDestination.empty(context.stack(), workload.database());
    try (Connection destination = context.stack().oceanbase().connect()) {
      WorkloadDatabase.create(destination, workload, context.rows());
      contender.prepare(destination);
    }
  }

  private Duration apply(Contender contender, int pair) throws Exception {
    String run = "%s_%d_%s".formatted(topics.prefix(), pair, contender.name());
    try (Connection source = context.stack().mysql().connect();
        Connection destination = context.stack().oceanbase().connect()) {
      ChangesArrival arrival = ChangesArrival.of(source, destination, workload, topics.records());
      try (RunningCopy copy = contender.start(run)) {
        long startNanos = System.nanoTime();
        Duration took = Duration.ofNanos(arrival.await(copy) - startNanos);
        copy.finish();
        return took;
      }
    }
  }
}
