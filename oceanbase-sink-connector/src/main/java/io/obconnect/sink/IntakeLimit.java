package io.obconnect.sink;

import java.util.Objects;
import java.util.Optional;

/** Decides whether a task may take more changes into memory. Used by the task's thread only. */
final class IntakeLimit {
  private final SinkLimits limits;
  private final LaneGroup lanes;
  private final ControlLane control;
  private boolean bufferFull;

  IntakeLimit(SinkLimits limits, LaneGroup lanes, ControlLane control) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.lanes = Objects.requireNonNull(lanes, "lanes");
    this.control = Objects.requireNonNull(control, "control");
  }

  /** Why nothing more may be taken now; empty when it may. */
  Optional<HoldReason> review() {
    bufferFull = isBufferFull();
    return bufferFull ? Optional.of(HoldReason.BUFFER) : Optional.empty();
  }

  private boolean isBufferFull() {
    // Once full, half has to drain, so that the consumer is not paused and resumed all the time.
    int part = bufferFull ? 2 : 1;
    return lanes.waitingRows() + control.size() > limits.bufferMaxRows() / part
        || lanes.waitingBytes() > limits.bufferMaxBytes() / part;
  }
}
