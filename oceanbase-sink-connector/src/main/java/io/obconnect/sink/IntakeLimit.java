package io.obconnect.sink;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** Decides whether a task may take more changes into memory. Used by the task's thread only. */
final class IntakeLimit {
  private final SinkLimits limits;
  private final LaneGroup lanes;
  private final ControlLane control;
  private final Throttle rows;
  private final Throttle bytes;
  private final MemstoreGuard memstore;
  private boolean bufferFull;

  IntakeLimit(OceanBaseSinkConfig config, LaneGroup lanes, ControlLane control) {
    PaceLimits pace = config.pace();
    this.limits = config.limits();
    this.lanes = Objects.requireNonNull(lanes, "lanes");
    this.control = Objects.requireNonNull(control, "control");
    this.rows = new Throttle(pace.rowsPerSecond(), System::nanoTime);
    this.bytes = new Throttle(pace.bytesPerSecond(), System::nanoTime);
    this.memstore = new MemstoreGuard(pace.memstorePercent(), System::nanoTime);
  }

  /**
   * Says that a change was taken.
   *
   * @param sizeBytes 0 for one that needs no applying; it does not count
   */
  void taken(long sizeBytes) {
    rows.take(sizeBytes > 0 ? 1 : 0);
    bytes.take(sizeBytes);
  }

  /** Whether to look at the destination's memory now; {@link #memoryFound} follows then. */
  boolean asksForMemory() {
    return memstore.ask(lanes.waitingRows() > 0);
  }

  /** Takes the share of its limit that the fullest server uses, empty where that is unknown. */
  void memoryFound(OptionalDouble share) {
    memstore.answer(share);
  }

  /** Why nothing more may be taken now; empty when it may. */
  Optional<HoldReason> review() {
    bufferFull = isBufferFull();
    boolean rowsExhausted = rows.isExhausted();
    boolean bytesExhausted = bytes.isExhausted();
    if (memstore.isExceeded()) {
      return Optional.of(HoldReason.DESTINATION_MEMORY);
    }
    if (bufferFull) {
      return Optional.of(HoldReason.BUFFER);
    }
    return rowsExhausted || bytesExhausted ? Optional.of(HoldReason.THROTTLE) : Optional.empty();
  }

  private boolean isBufferFull() {
    // Once full, half has to drain, so that the consumer is not paused and resumed all the time.
    int part = bufferFull ? 2 : 1;
    return lanes.waitingRows() + control.size() > limits.bufferMaxRows() / part
        || lanes.waitingBytes() > limits.bufferMaxBytes() / part;
  }
}
