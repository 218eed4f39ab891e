package io.obconnect.source;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * How often markers are sent, and where to.
 *
 * @param topics those that are there; shared by captures that follow each other
 * @param further topics besides those of tables
 */
record MarkerPace(Duration interval, MarkedTopics topics, Set<String> further) {
  MarkerPace {
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(topics, "topics");
    further = Set.copyOf(further);
  }
}
