package io.obconnect.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Immutable maps that keep the order of a statement; {@code Map.copyOf} does not. */
final class OrderedMaps {

  private OrderedMaps() {}

  static <K, V> Map<K, V> copyOf(Map<K, V> source) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(source));
  }

  /** Returns both; the second one's values win. */
  static <K, V> Map<K, V> merged(Map<K, V> first, Map<K, V> second) {
    Map<K, V> merged = new LinkedHashMap<>(first);
    merged.putAll(second);
    return Collections.unmodifiableMap(merged);
  }
}
