package io.obconnect.model;

/**
 * One difference between a source's definition and what the destination gets.
 *
 * @param object what differs, such as {@code column `a`} or {@code index `k`}
 * @param from what the source has
 * @param to what the destination gets; empty if it gets nothing
 * @param reason why, and what follows from it
 */
public record Rewrite(String object, String from, String to, String reason, Kind kind) {

  /** How much a rewrite matters. */
  public enum Kind {
    /** Something else takes its place. */
    MAPPED,
    /** An option was left out that changes no data and no meaning. */
    DROPPED_OPTION,
    /** As DROPPED_OPTION, but one that nearly every table has: not worth a warning. */
    ROUTINE_OPTION,
    /** Something of meaning is missing at the destination. */
    NOT_CARRIED_OVER
  }

  @Override
  public String toString() {
    String change = to.isEmpty() ? from + " is left out" : from + " -> " + to;
    return object + ": " + change + " (" + reason + ")";
  }
}
