package io.obconnect.source;

import io.debezium.connector.mysql.gtid.MySqlGtidSet;

/** Whether a Binlog Service still has what follows a position. */
final class LogPosition {
  private LogPosition() {}

  /**
   * Why changes would be missing; null when none would.
   *
   * @param own GTIDs that were read
   * @param known GTIDs that the service says it has
   * @param purged GTIDs that it no longer has
   */
  static String lostBecause(String own, String known, String purged) {
    MySqlGtidSet read = new MySqlGtidSet(own);
    MySqlGtidSet executed = new MySqlGtidSet(known);
    for (MySqlGtidSet.UUIDSet source : executed.getUUIDSets()) {
      if (read.forServerWithId(source.getUUID()) == null) {
        return "its log is that of another instance, "
            + source.getUUID()
            + ", than the one that was read: "
            + own;
      }
    }
    return new MySqlGtidSet(purged).isContainedWithin(read)
        ? null
        : "it has deleted its log up to " + purged + ", and only " + own + " was read";
  }
}
