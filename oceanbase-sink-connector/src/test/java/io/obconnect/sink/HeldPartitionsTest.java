package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.TableId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HeldPartitionsTest {
  private static final List<TopicPartition> ALL =
      IntStream.range(0, 6).mapToObj(number -> new TopicPartition("t", number)).toList();

  private final RecordingContext context = new RecordingContext(ALL.toArray(TopicPartition[]::new));
  private final PartitionGate gate = new PartitionGate(context, () -> 0);
  private final TableCatalog catalog = new TableCatalog();

  private void hold(int partition, String table, Optional<String> column) {
    gate.hold(new TopicPosition(ALL.get(partition), 1), new TableId("d", table), column);
  }

  @Test
  void everyPartitionCountsOnceByItsOwnReasonFirst() {
    catalog.put(new TableId("d", "bad"), new TableState.Failed("mend it", false));
    hold(0, "new", Optional.empty());
    hold(1, "bad", Optional.empty());
    hold(2, "known", Optional.of("c"));
    gate.block(ALL.get(3));
    gate.setFull(true);
    assertEquals(
        Map.of(
            HoldReason.TABLE_UNKNOWN, 1,
            HoldReason.TABLE_UNUSABLE, 1,
            HoldReason.COLUMN_UNKNOWN, 1,
            HoldReason.BARRIER, 1,
            HoldReason.THROTTLE, 2),
        HeldPartitions.count(gate, catalog, ALL, Optional.of(HoldReason.THROTTLE)));
  }

  @Test
  void openGateHoldsNothing() {
    assertEquals(Map.of(), HeldPartitions.count(gate, catalog, ALL, Optional.empty()));
  }
}
