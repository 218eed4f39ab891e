package io.obconnect.sink;

import io.obconnect.sink.PartitionGate.Hold;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Counts paused partitions by the reason. */
final class HeldPartitions {

  private HeldPartitions() {}

  /**
   * Counts each partition once, its own reason before that of all.
   *
   * @param all why all partitions are paused, empty when they are not
   */
  static Map<HoldReason, Integer> count(
      PartitionGate gate,
      TableCatalog catalog,
      Collection<TopicPartition> assigned,
      Optional<HoldReason> all) {
    if (!gate.isHolding()) {
      return Map.of();
    }
    Map<TopicPartition, Hold> holds = gate.holds();
    Map<HoldReason, Integer> counts = new EnumMap<>(HoldReason.class);
    for (TopicPartition partition : assigned) {
      Optional<HoldReason> own =
          Optional.ofNullable(holds.get(partition)).map(hold -> reason(hold, catalog));
      Optional<HoldReason> ahead =
          gate.ahead().contains(partition) ? Optional.of(HoldReason.AHEAD) : all;
      Optional<HoldReason> other = gate.holds(partition) ? Optional.of(HoldReason.BARRIER) : ahead;
      own.or(() -> other).ifPresent(reason -> counts.merge(reason, 1, Integer::sum));
    }
    return counts;
  }

  private static HoldReason reason(Hold hold, TableCatalog catalog) {
    if (catalog.state(hold.table()).orElse(null) instanceof TableState.Failed) {
      return HoldReason.TABLE_UNUSABLE;
    }
    return hold.column().isPresent() ? HoldReason.COLUMN_UNKNOWN : HoldReason.TABLE_UNKNOWN;
  }
}
