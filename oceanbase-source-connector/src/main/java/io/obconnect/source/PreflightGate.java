package io.obconnect.source;

import io.obconnect.source.PreflightReport.Finding;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a task capture once its preflight has passed, which is asked for once. One thread only. */
final class PreflightGate {
  private static final Logger LOG = LoggerFactory.getLogger(PreflightGate.class);

  /** Who is away may come back; what is slow to answer has been waited for. */
  private static final List<PreflightCheck> AWAITED =
      List.of(
          PreflightCheck.CONNECTION,
          PreflightCheck.BINLOG,
          PreflightCheck.BINLOG_SERVICE,
          PreflightCheck.KAFKA);

  private final CapturedDatabase database;
  private final Set<PreflightCheck> skipped;
  private boolean passed;

  PreflightGate(CapturedDatabase database, Set<PreflightCheck> skipped) {
    this.database = Objects.requireNonNull(database, "database");
    this.skipped = Set.copyOf(skipped);
  }

  /**
   * Passes, or fails.
   *
   * @param options of the capture, with the address that it is going to use
   * @throws PreflightException when there are errors
   * @throws ConnectException when the database or Kafka is away
   */
  void pass(Map<String, String> options) {
    if (passed) {
      return;
    }
    PreflightFacts facts = new PreflightReader(database, options).read();
    Optional<Exception> away = away(facts);
    if (away.isPresent()) {
      throw new ConnectException("the preflight got no answer", away.get());
    }
    PreflightReport report = SourcePreflight.decide(facts, skipped);
    LOG.info("Preflight: {}", report.toJson());
    for (Finding warning : report.warnings()) {
      LOG.warn("Preflight: {}", warning);
    }
    if (!report.errors().isEmpty()) {
      throw new PreflightException(report);
    }
    passed = true;
  }

  /** Why nothing can be decided yet; empty if it can. */
  static Optional<Exception> away(PreflightFacts facts) {
    return AWAITED.stream()
        .map(facts.unread()::get)
        .filter(Objects::nonNull)
        .filter(e -> CaptureFailure.of(e) == CaptureFailure.CONNECTION_LOST)
        .findFirst();
  }
}
