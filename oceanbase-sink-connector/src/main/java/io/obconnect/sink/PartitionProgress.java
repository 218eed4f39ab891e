package io.obconnect.sink;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How far the work of one assigned partition has come: routed by the task, finished by the lanes.
 * Thread-safe.
 *
 * <p>Slots as in {@link PartitionClaim}; two more stand for the control lane's work and for records
 * on their way to the dead-letter queue.
 */
final class PartitionProgress {

  private static final class Slot {
    /** Changes before this offset are applied. */
    private long applied;

    /** Where the work that is under way begins at the earliest. */
    private long floor;

    /** Where the ledger's mark stands, or is about to. */
    private long marked;

    /** Where the ledger's mark stood after the last transaction that is known to have committed. */
    private long stored;

    private int outstanding;
    private int dropped;
  }

  private final PartitionClaim claim;
  private final Slot[] slots;
  private final ConflictShare conflicts = new ConflictShare();
  private long next = -1;
  private volatile boolean withdrawn;

  PartitionProgress(PartitionClaim claim) {
    this.claim = Objects.requireNonNull(claim, "claim");
    this.slots = new Slot[claim.slots() + 2];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Slot();
      slots[i].applied = i < claim.slots() ? claim.marks().get(i) : 0;
      slots[i].marked = slots[i].applied;
      slots[i].stored = slots[i].applied;
    }
    if (claim.isMarked()) {
      next = claim.resumeOffset();
    }
  }

  PartitionClaim claim() {
    return claim;
  }

  /** The slot of the control lane's work. */
  int controlSlot() {
    return slots.length - 2;
  }

  /** The slot of records that the task itself rejects. */
  int rejectionSlot() {
    return slots.length - 1;
  }

  /** The slot of a change. */
  int slotOf(int keyHash) {
    return Math.floorMod(keyHash, claim.slots());
  }

  /**
   * The lane of a slot. What is in one slot only is spread over the lanes by its partition; other
   * partitions share lanes slot by slot, so that the same key has the same lane in all of them.
   */
  int laneOf(int slot, int lanes) {
    return claim.slots() == 1 ? Math.floorMod(claim.partition().hashCode(), lanes) : slot % lanes;
  }

  /** How often changes of the partition wait for other lanes; for the task's thread only. */
  ConflictShare conflicts() {
    return conflicts;
  }

  /** Whether a slot's change at this offset needs no more applying. */
  synchronized boolean isApplied(int slot, long offset) {
    return offset < slots[slot].applied;
  }

  /** Says where the partition begins; only the first call counts. */
  synchronized void startAt(long offset) {
    next = next < 0 ? offset : next;
  }

  /** Says that a record has been looked at, whatever became of it. */
  synchronized void read(long offset) {
    next = Math.max(next, offset + 1);
  }

  /** The offset after the last record that was looked at; empty before the first one. */
  synchronized OptionalLong nextOffset() {
    return next < 0 ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /** Says that work of this offset has been given to a lane. */
  synchronized void routed(int slot, long offset) {
    Slot current = slots[slot];
    if (current.outstanding == 0 && current.dropped == 0) {
      current.floor = offset;
    }
    current.outstanding++;
  }

  /** Says that work is done, and everything of its slot before it. */
  synchronized void finished(int slot, long offset) {
    Slot current = slots[slot];
    current.outstanding--;
    current.floor = offset + 1;
    current.applied = Math.max(current.applied, offset + 1);
    current.marked = Math.max(current.marked, offset + 1);
    current.stored = Math.max(current.stored, offset + 1);
  }

  /** Where a slot's mark stands in the ledger, as far as this task knows. */
  synchronized long storedMark(int slot) {
    return slots[slot].stored;
  }

  /** Says that a slot's mark stands here: everything of it before is applied. */
  synchronized void stored(int slot, long nextOffset) {
    Slot current = slots[slot];
    current.stored = Math.max(current.stored, nextOffset);
    current.marked = Math.max(current.marked, nextOffset);
    current.applied = Math.max(current.applied, nextOffset);
  }

  /** Whether records are still on their way to the dead-letter queue. */
  synchronized boolean isRejecting() {
    return slots[rejectionSlot()].outstanding > 0;
  }

  /** Says that work has been given up without being done. */
  synchronized void dropped(int slot) {
    slots[slot].outstanding--;
    slots[slot].dropped++;
  }

  /** Whether no work is under way. */
  synchronized boolean isQuiet() {
    return Arrays.stream(slots).allMatch(slot -> slot.outstanding == 0);
  }

  /** The offset before which everything is done; empty before the first record. */
  synchronized OptionalLong finishedOffset() {
    if (next < 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        Arrays.stream(slots)
            .filter(slot -> slot.outstanding > 0 || slot.dropped > 0)
            .mapToLong(slot -> slot.floor)
            .reduce(next, Math::min));
  }

  /**
   * The mark that an idle slot may be moved to, when it lags behind; the caller moves it.
   *
   * @return empty when there is nothing to move
   */
  synchronized OptionalLong idleMark(int slot) {
    Slot current = slots[slot];
    long target = finishedOffset().orElse(-1);
    if (!claim.isMarked() || current.outstanding > 0 || target <= current.marked) {
      return OptionalLong.empty();
    }
    current.marked = target;
    return OptionalLong.of(target);
  }

  /** Makes the lanes drop the work of this partition that they have not begun. */
  void withdraw() {
    withdrawn = true;
  }

  boolean isWithdrawn() {
    return withdrawn;
  }

  /**
   * Goes back to the first change that was dropped, once no work is under way any more; what the
   * lanes did finish is remembered.
   *
   * @return the offset to read on from
   */
  synchronized long rewind() {
    long offset = finishedOffset().orElseThrow();
    for (Slot slot : slots) {
      slot.applied = Math.max(slot.applied, slot.dropped > 0 ? slot.floor : next);
      slot.dropped = 0;
    }
    next = offset;
    withdrawn = false;
    return offset;
  }
}
