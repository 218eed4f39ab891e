package io.obconnect.source;

import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import io.obconnect.model.SqlFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;

/** What a failure of the capture means. */
enum CaptureFailure {
  /** The database, or the topic of the schema history, is away: it will come back. */
  CONNECTION_LOST("the connection was lost"),
  /** The database no longer has the log that the stored position needs. */
  POSITION_LOST(
      "the database no longer has the log behind the connector's offset, so changes are missing:"
          + " delete the connector's offsets and copy the tables again"),
  /** Another client reads the log under the same server id, so that each ends the other. */
  SERVER_ID_TAKEN(
      "another client reads the database's log with this server id: give each its own"
          + " database.server.id"),
  /** To go on would need somebody's help. */
  FATAL("capturing failed");

  private final String meaning;

  CaptureFailure(String meaning) {
    this.meaning = meaning;
  }

  /** One clause for logs and messages: what happened, and what to do about it. */
  String meaning() {
    return meaning;
  }

  /** ER_MASTER_FATAL_ERROR_READING_BINLOG: whatever ends a dump. */
  private static final int DUMP_ENDED = 1236;

  /** A bound in case that causes point at each other. */
  private static final int MAX_CAUSES = 50;

  /** Sorts an exception by the first cause that says something. */
  static CaptureFailure of(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      CaptureFailure sorted = sort(cause);
      if (sorted != FATAL || isFinal(cause)) {
        return sorted;
      }
      cause = cause.getCause();
    }
    return FATAL;
  }

  private static boolean isFinal(Throwable cause) {
    return cause instanceof AuthenticationException || cause instanceof SQLException;
  }

  private static CaptureFailure sort(Throwable cause) {
    if (cause instanceof AuthenticationException) {
      return FATAL;
    }
    if (cause instanceof ServerException server) {
      return ofServer(server);
    }
    if (cause instanceof SQLException sql) {
      return SqlFailure.of(sql).kind().retriable() ? CONNECTION_LOST : FATAL;
    }
    return cause instanceof IOException
            || cause instanceof TimeoutException
            || cause instanceof RetriableException
        ? CONNECTION_LOST
        : FATAL;
  }

  private static CaptureFailure ofServer(ServerException server) {
    if (server.getErrorCode() != DUMP_ENDED) {
      SQLException sql =
          new SQLException(server.getMessage(), server.getSqlState(), server.getErrorCode());
      return SqlFailure.of(sql).kind().retriable() ? CONNECTION_LOST : FATAL;
    }
    // One number for everything; MySQL's own replicas tell this case by its text, too.
    String message = server.getMessage() == null ? "" : server.getMessage();
    return message.toLowerCase(Locale.ROOT).contains("same server_uuid/server_id")
        ? SERVER_ID_TAKEN
        : POSITION_LOST;
  }
}
