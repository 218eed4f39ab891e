package io.obconnect.model;

/** What becomes of a change whose row passes a {@link RowFilter} before, after, both or never. */
public enum RowDecision {
  /** The change is applied as it is. */
  KEEP,
  /** The change concerns no row that passes. */
  DROP,
  /** The row enters the selection by an update: its new values are inserted. */
  INSERT,
  /** The row leaves the selection by an update: it is deleted. */
  DELETE,
  /**
   * The row is in the selection, and nobody knows whether it was before: its new values are
   * inserted, or replace those that are there.
   */
  UPSERT
}
