package io.obconnect.source;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.QueryEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import io.obconnect.model.StatementMark;
import java.io.IOException;

/**
 * Reads statements as the binlog client does, and what it skips: the variables of the session that
 * ran them.
 *
 * <p>Source of the format: MySQL's statement_events.h, Query_event.
 */
final class QueryDeserializer extends QueryEventDataDeserializer {
  private static final int FLAGS = 0;
  private static final int FLAGS_BYTES = 4;
  private static final int SQL_MODE = 1;
  private static final int SQL_MODE_BYTES = 8;
  private static final int CATALOG = 6;
  private static final int AUTO_INCREMENT = 3;

  @Override
  public QueryEventData deserialize(ByteArrayInputStream in) throws IOException {
    long thread = in.readLong(4);
    long seconds = in.readLong(4);
    in.skip(1);
    int error = in.readInteger(2);
    LoggedQuery query = new LoggedQuery(isMarked(in.read(in.readInteger(2))));
    query.setThreadId(thread);
    query.setExecutionTime(seconds);
    query.setErrorCode(error);
    query.setDatabase(in.readZeroTerminatedString());
    query.setSql(in.readString(in.available()));
    return query;
  }

  /** The variables come in a fixed order, those before the one in question have these sizes. */
  static boolean isMarked(byte[] variables) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(variables);
    while (in.available() > 0) {
      switch (in.readInteger(1)) {
        case FLAGS -> in.skip(FLAGS_BYTES);
        case SQL_MODE -> in.skip(SQL_MODE_BYTES);
        case CATALOG -> in.skip(in.readInteger(1));
        case AUTO_INCREMENT -> {
          return in.readInteger(2) == StatementMark.INCREMENT
              && in.readInteger(2) == StatementMark.OFFSET;
        }
        default -> {
          return false;
        }
      }
    }
    return false;
  }
}
