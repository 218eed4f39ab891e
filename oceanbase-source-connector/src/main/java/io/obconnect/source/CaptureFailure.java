package io.obconnect.source;

import com.github.shyiko.mysql.binlog.event.deserialization.EventDataDeserializationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import io.obconnect.model.SqlFailure;
import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** What a failure of the capture means. */
enum CaptureFailure {
  /** The database, or the topic of the schema history, is away: it will come back. */
  CONNECTION_LOST("the connection was lost"),
  /** Of several servers this one lacks what was read from another: it may get it. */
  BEHIND("the server lacks what was read from another one"),
  /** The database no longer has the log that the stored position needs. */
  POSITION_LOST(
      "the database no longer has the log behind the connector's offset, so changes are missing:"
          + " delete the connector's offsets and copy the tables again, which on.position.lost=resnapshot"
          + " does by itself"),
  /** Another client reads the log under the same server id, so that each ends the other. */
  SERVER_ID_TAKEN(
      "another client reads the database's log with this server id: give each its own"
          + " database.server.id"),
  /** What the preflight found has to be changed before anything is captured. */
  NOT_READY("nothing was captured"),
  /** To go on would need somebody's help. */
  FATAL("capturing failed");

  /** ER_MASTER_FATAL_ERROR_READING_BINLOG: whatever ends a dump. */
  private static final int DUMP_ENDED = 1236;

  /** ER_QUERY_TIMEOUT: max_execution_time. */
  private static final int QUERY_TIMED_OUT = 3024;

  private static final List<String> LOG_IS_GONE =
      List.of(
          "could not find first log file",
          "purged",
          "position > file size",
          "no longer exists and may have been cleaned up");

  /** A bound in case that causes point at each other. */
  private static final int MAX_CAUSES = 50;

  private final String meaning;

  CaptureFailure(String meaning) {
    this.meaning = meaning;
  }

  /** Sorts an exception by the first cause that says something. */
  static CaptureFailure of(Throwable failure) {
    return sort(decidingCause(failure));
  }

  /** Whether it may end by itself. */
  boolean isPassing() {
    return this == CONNECTION_LOST || this == BEHIND;
  }

  /**
   * What happened and what to do about it, with the cause that decided; of a database's errors the
   * number only, because their texts may hold row values.
   */
  static String describe(Throwable failure) {
    return sort(decidingCause(failure)).meaning + " (" + reason(failure) + ")";
  }

  /** The cause that decided, without what it means to a capture. */
  static String reason(Throwable failure) {
    Throwable cause = decidingCause(failure);
    return cause instanceof SQLException sql
        ? SqlFailure.of(sql).description()
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  /**
   * The last cause when none says anything: Debezium wraps what happened in what it does about it.
   */
  private static Throwable decidingCause(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause.getCause() != null && i < MAX_CAUSES; i++) {
      if (sort(cause) != FATAL || isFinal(cause)) {
        return cause;
      }
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isFinal(Throwable cause) {
    return cause instanceof ServerException
        || cause instanceof NoBinlogServiceException
        || cause instanceof SQLException
        || cause instanceof EventDataDeserializationException;
  }

  private static CaptureFailure sort(Throwable cause) {
    if (cause instanceof ServerException server) {
      return ofServer(server);
    }
    if (cause instanceof PreflightException) {
      return NOT_READY;
    }
    if (cause instanceof SQLException sql) {
      return isAway(sql) ? CONNECTION_LOST : FATAL;
    }
    if (cause instanceof ServerBehindException) {
      return BEHIND;
    }
    if (cause instanceof PositionLostException) {
      return POSITION_LOST;
    }
    // Looks like a failing connection, but an event that cannot be read stays so.
    Throwable reason =
        cause instanceof EventDataDeserializationException ? cause.getCause() : cause;
    return isAway(reason) ? CONNECTION_LOST : FATAL;
  }

  private static boolean isAway(Throwable reason) {
    return reason instanceof EOFException
        || reason instanceof SocketException
        || reason instanceof SocketTimeoutException
        || reason instanceof UnknownHostException
        || reason instanceof TimeoutException
        || reason instanceof org.apache.kafka.common.errors.RetriableException
        || reason instanceof org.apache.kafka.connect.errors.RetriableException;
  }

  /** Fewer than a sink tries again: a reader that repeats a lock or a long query does harm. */
  private static boolean isAway(SQLException failure) {
    SqlFailure sorted = SqlFailure.of(failure);
    if (sorted.errorCode() == 0) {
      return sorted.sqlState().startsWith("08");
    }
    return sorted.errorCode() != QUERY_TIMED_OUT
        && (sorted.kind() == SqlFailure.Kind.CONNECTION
            || sorted.kind() == SqlFailure.Kind.OVERLOADED);
  }

  private static CaptureFailure ofServer(ServerException server) {
    String message = String.valueOf(server.getMessage()).toLowerCase(Locale.ROOT);
    if (server.getErrorCode() != DUMP_ENDED) {
      return isAway(new SQLException(message, server.getSqlState(), server.getErrorCode()))
          ? CONNECTION_LOST
          : FATAL;
    }
    // One number for everything; MySQL's own replicas tell these cases by their texts, too.
    if (message.contains("same server_uuid/server_id")) {
      return SERVER_ID_TAKEN;
    }
    return LOG_IS_GONE.stream().anyMatch(message::contains) ? POSITION_LOST : FATAL;
  }
}
