package io.obconnect.sink;

import io.obconnect.model.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what {@link DestinationFacts} holds. Used by the control lane's thread only. */
final class DestinationExaminer {
  private static final Logger LOG = LoggerFactory.getLogger(DestinationExaminer.class);

  /** A tenant sees its own memory, one row for each server. */
  private static final String MEMSTORE =
      "SELECT MAX(MEMSTORE_USED / MEMSTORE_LIMIT) FROM oceanbase.GV$OB_MEMSTORE"
          + " WHERE MEMSTORE_LIMIT > 0";

  private final DestinationSession session;
  private boolean memstoreHidden;

  DestinationExaminer(DestinationSession session) {
    this.session = Objects.requireNonNull(session, "session");
  }

  DestinationFacts examine() throws SQLException {
    Connection connection = session.connection();
    DestinationFacts facts = new DestinationFacts(session.profile(), memstore(connection));
    connection.rollback();
    return facts;
  }

  /** MySQL and seekdb have no such view, and a user may lack the right to read it. */
  private OptionalDouble memstore(Connection connection) throws SQLException {
    if (memstoreHidden) {
      return OptionalDouble.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MEMSTORE)) {
      row.next();
      double share = row.getDouble(1);
      return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(share);
    } catch (SQLException e) {
      SqlFailure failure = SqlFailure.of(e);
      if (failure.kind().retriable()) {
        throw e;
      }
      memstoreHidden = true;
      LOG.info("GV$OB_MEMSTORE cannot be read: {}", failure.description());
      return OptionalDouble.empty();
    }
  }
}
