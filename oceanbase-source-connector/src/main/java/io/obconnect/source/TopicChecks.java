package io.obconnect.source;

import io.obconnect.source.TopicFacts.Role;
import java.time.Duration;
import java.util.Optional;

/** Decisions about Kafka's topics. */
final class TopicChecks {
  private static final Duration MIN_RETENTION = Duration.ofDays(1);

  /** Debezium's own measure of what is for ever. */
  private static final Duration FOR_EVER = Duration.ofDays(5 * 365);

  private TopicChecks() {}

  static Optional<String> kafka(PreflightFacts facts) {
    return facts
        .unread(PreflightCheck.KAFKA)
        .map(
            why ->
                "Kafka at "
                    + facts.settings().bootstrapServers().orElse("")
                    + " cannot be asked: "
                    + why
                    + ".");
  }

  static Optional<String> compaction(PreflightFacts facts) {
    return facts
        .topics(
            topic -> topic.isCompacted() && (topic.role().isMemory() || topic.role() == Role.COPY))
        .map(topics -> "Topics are compacted that must not be: " + topics + ".");
  }

  static Optional<String> retention(PreflightFacts facts) {
    return facts
        .topics(
            topic ->
                topic.role().isMemory()
                    && (expiresWithin(topic, FOR_EVER) || topic.isBoundedBySize()))
        .map(topics -> "Topics expire that must not: " + topics + ".");
  }

  private static boolean expiresWithin(TopicFacts topic, Duration time) {
    return topic.retentionMillis().filter(millis -> millis < time.toMillis()).isPresent();
  }

  static Optional<String> partitions(PreflightFacts facts) {
    return facts
        .topics(
            topic ->
                topic.partitions() > 1
                    && (topic.role().isMemory() || topic.role() == Role.SCHEMA_CHANGES))
        .map(topics -> "Topics have several partitions: " + topics + ".");
  }

  static Optional<String> changeCompaction(PreflightFacts facts) {
    return facts
        .topics(
            topic ->
                topic.isCompacted()
                    && (topic.role() == Role.CHANGES || topic.role() == Role.SCHEMA_CHANGES))
        .map(topics -> "Topics of changes are compacted: " + topics + ".");
  }

  static Optional<String> changeRetention(PreflightFacts facts) {
    return facts
        .topics(topic -> !topic.role().isMemory() && expiresWithin(topic, MIN_RETENTION))
        .map(topics -> "Topics keep records for less than a day: " + topics + ".");
  }

  static Optional<String> recordSize(PreflightFacts facts) {
    long sent = facts.settings().requestSize();
    return facts
        .topics(
            topic ->
                !topic.role().isMemory()
                    && topic.maxRecordBytes().filter(bytes -> bytes < sent).isPresent())
        .map(topics -> "Topics refuse records below " + sent + " bytes: " + topics + ".");
  }

  static Optional<String> blockSize(PreflightFacts facts) {
    if (!facts.settings().blocks()) {
      return Optional.empty();
    }
    int block = facts.settings().copy().blockBytes();
    return facts
        .settings()
        .ownRequestSize()
        .filter(bytes -> bytes <= block)
        .map(
            bytes ->
                "The producer sends no more than "
                    + bytes
                    + " bytes, but blocks have "
                    + block
                    + ".");
  }
}
