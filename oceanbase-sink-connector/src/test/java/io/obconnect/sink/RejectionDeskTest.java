package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RejectionDeskTest {
  private static final RejectedRecord RECORD = Changes.rejected(Changes.tombstone(7));

  private final RejectionDesk desk =
      new RejectionDesk(new SinkMetrics(new RecordingBoard(), () -> 0));

  private CompletableFuture<Void> settleInALane() {
    return CompletableFuture.runAsync(() -> desk.settle(List.of(RECORD)));
  }

  @Test
  void laneWaitsUntilTheRecordIsInTheQueue() {
    CompletableFuture<Void> lane = settleInALane();
    Awaitility.await().until(() -> !desk.isEmpty());
    List<SinkRecord> reported = new ArrayList<>();
    CompletableFuture<Void> written = new CompletableFuture<>();
    desk.report(
        (record, error) -> {
          reported.add(record);
          return written;
        });
    assertEquals(List.of(RECORD.record()), reported);
    written.complete(null);
    lane.join();
  }

  @Test
  void closedDeskSendsWaitingLanesAwayAndThoseThatCome() {
    CompletableFuture<Void> waiting = settleInALane();
    Awaitility.await().until(() -> !desk.isEmpty());
    desk.close();
    Awaitility.await().until(waiting::isCompletedExceptionally);
    assertThrows(WorkCancelledException.class, () -> desk.settle(List.of(RECORD)));
    desk.open();
    CompletableFuture<Void> later = settleInALane();
    Awaitility.await().until(() -> !desk.isEmpty());
    desk.report((record, error) -> null);
    later.join();
  }
}
