package io.obconnect.sink;

import static io.obconnect.sink.Changes.PARTITION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.sink.SourceChange.RowChange;
import io.obconnect.sink.WorkItem.ApplyRow;
import io.obconnect.sink.WorkItem.ApplyTruncate;
import io.obconnect.sink.WorkItem.LookUpTable;
import io.obconnect.sink.WorkItem.PassBy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lane's thread and offsets, with work that needs no destination. */
class ApplyLaneTest {
  private final OceanBaseSinkConfig config =
      new OceanBaseSinkConfig(
          Map.of(
              OceanBaseSinkConfig.ADDRESSES, "db.invalid:2881",
              OceanBaseSinkConfig.USERNAME, "u"));
  private final ApplyLane lane =
      new ApplyLane(
          "lane", LaneTools.create(config, new TableCatalog(), record -> {}), config.limits());

  @AfterEach
  void close() {
    lane.close();
  }

  /**
   * Connect commits the position last sought to for a partition that the task names no offset of,
   * and a held partition is sought past records that still wait in the lane.
   */
  @Test
  void unfinishedPartitionStandsAtItsFirstRecord() {
    lane.expect(Changes.position(40));
    lane.offer(new PassBy(Changes.position(40)));
    lane.expect(Changes.position(41));
    assertEquals(Optional.of(40L), lane.finishedOffset(PARTITION));
  }

  @Test
  void releasedPartitionStandsNowhere() {
    lane.expect(Changes.position(40));
    lane.release(List.of(PARTITION));
    assertEquals(Optional.empty(), lane.finishedOffset(PARTITION));
    lane.expect(Changes.position(90));
    assertEquals(Optional.of(90L), lane.finishedOffset(PARTITION));
  }

  @Test
  void errorEndsTheLaneLoudly() {
    lane.start();
    lane.offer(rowThatThrows(new NoClassDefFoundError("a.b.C")));
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> lane.failure().isPresent());
    assertInstanceOf(NoClassDefFoundError.class, lane.failure().orElseThrow().getCause());
  }

  @Test
  void failedLaneCanBeReleased() {
    lane.start();
    lane.offer(rowThatThrows(new IllegalStateException("defect")));
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> lane.failure().isPresent());
    lane.release(List.of(PARTITION));
    assertEquals(Optional.empty(), lane.finishedOffset(PARTITION));
  }

  /** Every delete of Debezium is followed by a tombstone: those must not end the transaction. */
  @Test
  void onlyTruncateAndSchemaChangesEndTheWindow() {
    assertEquals(false, new PassBy(Changes.position(1)).endsWindow());
    assertEquals(false, new LookUpTable(Changes.TABLE, 0).endsWindow());
    assertEquals(true, new ApplyTruncate(Changes.writer(), Changes.position(1)).endsWindow());
    assertEquals(
        true,
        new WorkItem.ApplySchemaChange(
                new SourceChange.SchemaChange("", "", "", false), Changes.position(1))
            .endsWindow());
  }

  /** A destination that is away must not let tombstones fill the memory. */
  @Test
  void itemsWithoutContentsCountAsWell() {
    lane.offer(new PassBy(Changes.position(1)));
    assertTrue(lane.waitingBytes() > 0);
    assertTrue(lane.isBusy());
  }

  private static ApplyRow rowThatThrows(Throwable failure) {
    Struct key =
        new Struct(Changes.KEY) {
          @Override
          public Schema schema() {
            if (failure instanceof Error error) {
              throw error;
            }
            throw new IllegalStateException(failure);
          }
        };
    RowChange change = new RowChange(Changes.TABLE, key, null, null);
    return new ApplyRow(Changes.writer(), change, Changes.tombstone(1), Changes.position(1), 1);
  }
}
