package io.obconnect.source;

/** Reads MySQL's log, and survives its restarts. Created by {@link MySqlSourceConnector}. */
public final class MySqlSourceTask extends BinlogTask {

  /** Called by Connect. */
  public MySqlSourceTask() {
    super(CapturedDatabase.MYSQL);
  }
}
