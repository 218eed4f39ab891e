package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class CaptureFailureTest {
  private static CaptureFailure of(Throwable cause) {
    return CaptureFailure.of(new ConnectException("stopped", new RuntimeException(cause)));
  }

  @Test
  void lostConnectionIsWaitedFor() {
    assertEquals(CaptureFailure.CONNECTION_LOST, of(new EOFException("end of stream")));
    assertEquals(CaptureFailure.CONNECTION_LOST, of(new SQLException("gone", "08S01", 0)));
    assertEquals(CaptureFailure.CONNECTION_LOST, of(new SQLException("shutdown", "08S01", 1053)));
    assertEquals(
        CaptureFailure.CONNECTION_LOST, of(new ServerException("shutdown", 1053, "08S01")));
  }

  @Test
  void topicOfTheSchemaHistoryIsWaitedFor() {
    assertEquals(CaptureFailure.CONNECTION_LOST, of(new TimeoutException("no broker")));
  }

  @Test
  void refusedLoginIsNotWaitedFor() {
    assertEquals(CaptureFailure.FATAL, of(new SQLException("denied", "28000", 1045)));
    // It is a ServerException, and comes wrapped in what looks like a lost connection.
    AuthenticationException refused = new AuthenticationException("denied", 1045, "28000");
    assertEquals(CaptureFailure.FATAL, of(refused));
  }

  @Test
  void endOfTheDumpIsToldApartByItsText() {
    assertEquals(
        CaptureFailure.POSITION_LOST,
        of(new ServerException("Could not find first log file name", 1236, "HY000")));
    String taken =
        "A replica with the same server_uuid/server_id as this replica has connected to the"
            + " source";
    assertEquals(CaptureFailure.SERVER_ID_TAKEN, of(new ServerException(taken, 1236, "HY000")));
  }

  @Test
  void firstCauseThatSaysSomethingDecides() {
    SQLException missing = new SQLException("no such table", "42S02", 1146);
    missing.initCause(new IOException("behind it"));
    assertEquals(CaptureFailure.FATAL, of(missing));
  }

  @Test
  void whatNobodyKnowsIsFatal() {
    assertEquals(CaptureFailure.FATAL, of(new IllegalStateException("bug")));
    assertEquals(CaptureFailure.FATAL, CaptureFailure.of(new ConnectException("alone")));
  }
}
