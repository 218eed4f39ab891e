package io.obconnect.model;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a database's error means to somebody who writes to it. Error numbers are MySQL's, or
 * OceanBase's own above 4000.
 *
 * <p>Server messages may quote row values ("Duplicate entry '..'"), so {@link #description()} never
 * contains them.
 *
 * @param kind what to do about it
 * @param errorCode the server's error number, 0 when the driver failed by itself
 * @param sqlState SQL state, empty when unknown
 */
public record SqlFailure(Kind kind, int errorCode, String sqlState) {

  /** The reactions that failures are sorted by. */
  public enum Kind {
    /** Roll back and run the transaction again: lock conflicts, leader switches, time-outs. */
    TRANSIENT(true),
    /** As {@link #TRANSIENT}, but the server is short of memory: wait longer. */
    OVERLOADED(true),
    /**
     * The connection is gone, or the server became read-only: connect anew, then run the
     * transaction again.
     */
    CONNECTION(true),
    /**
     * Nobody knows whether the transaction committed: run it again only where that is idempotent.
     */
    RESULT_UNKNOWN(true),
    /** These rows cannot be stored: too long, out of range, duplicate key. */
    DATA(false),
    /** The login was refused. */
    ACCESS_DENIED(false),
    /**
     * A table, column or privilege is missing, or the statement is refused: rows are not to blame.
     */
    DEFINITION(false);

    private final boolean retriable;

    Kind(boolean retriable) {
      this.retriable = retriable;
    }

    /** Whether running the same transaction again can succeed without anybody's help. */
    public boolean retriable() {
      return retriable;
    }
  }

  // OceanBase numbers: ob_errno.h; the list follows the retry practice of OceanBase's own clients.
  private static final Set<Integer> TRANSIENT =
      Set.of(
          1205, 1213, 1317, 3058, 3572, 4012, 4023, 4038, 4101, 4121, 4122, 5065, 5066, 5627, 6002,
          6003, 6005, 6006, 6210, 6211, 6212, 6213, 6214, 6223, 6224, 6230, 6231, 6234, 6235, 6278);
  private static final Set<Integer> OVERLOADED = Set.of(1041, 1203, 1040, 4013, 4030);
  private static final Set<Integer> CONNECTION =
      Set.of(1053, 1152, 1290, 1792, 1836, 1927, 2006, 2013, 2055, 3024, 3032, 3169);
  private static final Set<Integer> RESULT_UNKNOWN = Set.of(6225);
  private static final Set<Integer> ACCESS_DENIED = Set.of(1044, 1045, 1130, 1698, 1862, 3118);
  private static final Map<Integer, String> DATA =
      Map.ofEntries(
          Map.entry(1048, "a NULL for a column that allows none"),
          Map.entry(1062, "a duplicate value of a unique key"),
          Map.entry(1169, "a duplicate value of a unique key"),
          Map.entry(1216, "a foreign key without its parent row"),
          Map.entry(1264, "a number outside the column's range"),
          Map.entry(1265, "a value that the column would truncate"),
          Map.entry(1292, "a text that the column's type cannot read"),
          Map.entry(1364, "no value for a column without default"),
          Map.entry(1365, "a division by zero"),
          Map.entry(1366, "a text that the column's character set cannot hold"),
          Map.entry(1367, "an illegal number"),
          Map.entry(1406, "a value longer than the column"),
          Map.entry(1411, "a value that a function refuses"),
          Map.entry(1416, "bytes that are no geometry"),
          Map.entry(1452, "a foreign key without its parent row"),
          Map.entry(1526, "a row that belongs to no partition"),
          Map.entry(1690, "a number outside its type's range"),
          Map.entry(3140, "a text that is no JSON"),
          Map.entry(3141, "a text that is no JSON"),
          Map.entry(3144, "JSON in a character set other than utf8mb4"),
          Map.entry(3548, "a spatial reference system that the server does not know"),
          Map.entry(3819, "a violated CHECK constraint"),
          Map.entry(4025, "a violated CHECK constraint"),
          Map.entry(4119, "a statement larger than the server takes"),
          Map.entry(1153, "a statement larger than the server takes"));

  public SqlFailure {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(sqlState, "sqlState");
  }

  /** Sorts an exception of either driver. */
  public static SqlFailure of(SQLException e) {
    int code = e.getErrorCode();
    String state = Objects.requireNonNullElse(e.getSQLState(), "");
    return new SqlFailure(kind(code, state), code, state);
  }

  private static Kind kind(int code, String state) {
    if (RESULT_UNKNOWN.contains(code)) {
      return Kind.RESULT_UNKNOWN;
    }
    if (OVERLOADED.contains(code)) {
      return Kind.OVERLOADED;
    }
    if (CONNECTION.contains(code) || (code >= 8000 && code < 9000)) {
      return Kind.CONNECTION;
    }
    if (TRANSIENT.contains(code)) {
      return Kind.TRANSIENT;
    }
    if (ACCESS_DENIED.contains(code) || state.startsWith("28")) {
      return Kind.ACCESS_DENIED;
    }
    if (DATA.containsKey(code)) {
      return Kind.DATA;
    }
    if (state.startsWith("08") || (code <= 0 && state.isEmpty())) {
      return Kind.CONNECTION;
    }
    if (state.equals("40001") || state.equals("25000")) {
      return Kind.TRANSIENT;
    }
    return state.startsWith("22") || state.startsWith("23") ? Kind.DATA : Kind.DEFINITION;
  }

  /**
   * One clause for logs and messages: error number, SQL state and, for data errors, what was wrong;
   * no row value.
   */
  public String description() {
    String meaning = DATA.get(errorCode);
    return "error "
        + errorCode
        + (sqlState.isEmpty() ? "" : " (SQL state " + sqlState + ")")
        + (meaning == null ? "" : ": " + meaning);
  }
}
