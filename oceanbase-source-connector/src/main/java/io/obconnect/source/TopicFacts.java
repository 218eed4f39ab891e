package io.obconnect.source;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A topic of the connector that is there already.
 *
 * @param settings those that the cluster tells
 */
record TopicFacts(String name, Role role, int partitions, Map<String, String> settings) {

  /** What a topic is for. */
  enum Role {
    /** Debezium's schema history: read again at every start. */
    HISTORY,
    /** The plan of a copy in blocks. */
    PLAN,
    /** Definitions, for the sink. */
    SCHEMA_CHANGES,
    /** Blocks of a copy. */
    COPY,
    /** A table's changes. */
    CHANGES;

    /** Whether the connector itself has to find everything again. */
    boolean isMemory() {
      return this == HISTORY || this == PLAN;
    }
  }

  TopicFacts {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    settings = Map.copyOf(settings);
  }

  boolean isCompacted() {
    return settings.getOrDefault("cleanup.policy", "").contains("compact");
  }

  /** How long records stay at least; empty where they stay for ever, or it is not known. */
  Optional<Long> retentionMillis() {
    return number("retention.ms").filter(millis -> millis >= 0);
  }

  /** Whether old records go when there are too many. */
  boolean isBoundedBySize() {
    return number("retention.bytes").filter(bytes -> bytes >= 0).isPresent();
  }

  Optional<Long> maxRecordBytes() {
    return number("max.message.bytes");
  }

  private Optional<Long> number(String setting) {
    return Optional.ofNullable(settings.get(setting)).map(Long::valueOf);
  }
}
