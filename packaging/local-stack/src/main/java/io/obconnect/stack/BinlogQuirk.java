package io.obconnect.stack;

/**
 * Where OceanBase's Binlog Service differs from MySQL, or fails. Switched on and off one by one.
 */
public enum BinlogQuirk {
  /**
   * Each row is an event of its own, behind a TABLE_MAP of its own; on at first, as in the service.
   */
  ROW_BY_ROW,
  /** Heartbeats come behind any event, in the middle of transactions too. */
  HEARTBEAT_IN_TRANSACTION,
  /** Schema changes are carried out, but nothing of them is in the log. */
  DDL_LEFT_OUT,
  /** Updates of JSON documents are logged as PARTIAL_UPDATE_ROWS. */
  PARTIAL_UPDATE,
  /** What a change leaves alone is logged as NULL, and the log says that it is all there. */
  MINIMAL_ROW_IMAGE,
  /** SHOW MASTER STATUS tells the position at the time when this was switched on. */
  LAGGING_STATUS,
  /** Questions about variables of the log get an OK packet instead of a row. */
  OK_INSTEAD_OF_ROWS
}
