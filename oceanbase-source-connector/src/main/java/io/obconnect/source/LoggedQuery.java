package io.obconnect.source;

import com.github.shyiko.mysql.binlog.event.QueryEventData;

/** A statement of the log, with what Debezium does not look at. */
final class LoggedQuery extends QueryEventData {
  private static final long serialVersionUID = 1L;

  private final boolean marked;

  LoggedQuery(boolean marked) {
    this.marked = marked;
  }

  /** Whether a sink's session carried it out, see {@link io.obconnect.model.StatementMark}. */
  boolean isMarked() {
    return marked;
  }
}
