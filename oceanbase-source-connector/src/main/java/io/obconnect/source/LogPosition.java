package io.obconnect.source;

import io.debezium.connector.mysql.gtid.MySqlGtidSet;
import java.util.List;

/** Whether a log still has what follows a position, and how it is told that it has not. */
final class LogPosition {
  private LogPosition() {}

  /**
   * What a server has instead of what follows GTIDs.
   *
   * @param own GTIDs that were read
   * @param known GTIDs that the server has ever had
   * @param purged GTIDs that it no longer has
   */
  static String lostTransactions(String own, String known, String purged, String server) {
    MySqlGtidSet read = new MySqlGtidSet(own);
    MySqlGtidSet executed = new MySqlGtidSet(known);
    MySqlGtidSet missing = new MySqlGtidSet(purged).subtract(read);
    return !missing.isEmpty()
        ? server + " has deleted the transactions " + missing + ", and only " + own + " was read"
        : server
            + " has never had the transactions "
            + read.subtract(executed)
            + ", which were read: it was restored, or begun anew";
  }

  /** Whether a server has deleted nothing that comes next, but lacks some of what was read. */
  static boolean isBehind(String own, String known, String purged) {
    MySqlGtidSet read = new MySqlGtidSet(own);
    return new MySqlGtidSet(purged).subtract(read).isEmpty()
        && !read.subtract(new MySqlGtidSet(known)).isEmpty();
  }

  /** What a server without GTIDs has instead of what follows a file's position. */
  static String lostFile(String own, List<String> files, String server) {
    return server
        + " no longer has the file "
        + own
        + (files.isEmpty()
            ? ", nor any other"
            : ", but " + files.get(0) + " to " + files.get(files.size() - 1));
  }

  /**
   * Why a Binlog Service has lost changes; null when it has not.
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
