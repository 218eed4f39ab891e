package io.obconnect.source;

/**
 * Reads the log of OceanBase's Binlog Service, and survives its restarts. Created by {@link
 * OceanBaseSourceConnector}.
 */
public final class OceanBaseSourceTask extends BinlogTask {

  /** Called by Connect. */
  public OceanBaseSourceTask() {
    super(CapturedDatabase.OCEANBASE);
  }
}
