package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.shyiko.mysql.binlog.event.deserialization.EventDataDeserializationException;
import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import io.debezium.DebeziumException;
import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
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
    AuthenticationException refused = new AuthenticationException("denied", 1045, "28000");
    assertEquals(CaptureFailure.FATAL, of(refused));
  }

  /** MySQL says so while it comes up or goes down, during the login as well. */
  @Test
  void busyServerIsWaitedForAtLogin() {
    assertEquals(
        CaptureFailure.CONNECTION_LOST,
        of(new AuthenticationException("Too many connections", 1040, "08004")));
  }

  @Test
  void eventThatCannotBeReadIsNotReadAgainAndAgain() {
    assertEquals(
        CaptureFailure.FATAL,
        of(new EventDataDeserializationException(null, new IOException("bad event"))));
    assertEquals(
        CaptureFailure.CONNECTION_LOST,
        of(new EventDataDeserializationException(null, new EOFException("cut off"))));
    assertEquals(CaptureFailure.FATAL, of(new SSLHandshakeException("unknown certificate")));
  }

  /** To repeat a lock that was waited for in vain blocks the database's writers. */
  @Test
  void lockAndQueryTimeoutsAreNotRepeated() {
    assertEquals(CaptureFailure.FATAL, of(new SQLException("lock", "HY000", 1205)));
    assertEquals(CaptureFailure.FATAL, of(new SQLException("too long", "HY000", 3024)));
  }

  @Test
  void endOfTheDumpIsToldApartByItsText() {
    assertEquals(
        CaptureFailure.FATAL,
        of(new ServerException("log event entry exceeded max_allowed_packet", 1236, "HY000")));
    assertEquals(
        CaptureFailure.POSITION_LOST,
        of(new ServerException("Could not find first log file name", 1236, "HY000")));
    String taken =
        "A replica with the same server_uuid/server_id as this replica has connected to the"
            + " source";
    assertEquals(CaptureFailure.SERVER_ID_TAKEN, of(new ServerException(taken, 1236, "HY000")));
  }

  @Test
  void offsetThatTheDatabaseHasForgottenIsLost() {
    assertEquals(
        CaptureFailure.POSITION_LOST,
        CaptureFailure.of(new DebeziumException(new PositionLostException("purged"))));
    assertEquals(
        CaptureFailure.POSITION_LOST,
        of(
            new ServerException(
                "Cannot replicate because the source purged required binary logs. Replicate the"
                    + " missing transactions from elsewhere",
                1236,
                "HY000")));
  }

  @Test
  void serviceThatDoesNotAnswerIsNamed() {
    NoBinlogServiceException failure =
        new NoBinlogServiceException("nothing at host:1", new SQLException("x", "42000", 1064));
    assertEquals(CaptureFailure.FATAL, of(failure));
    String described = CaptureFailure.describe(new ConnectException(failure));
    assertTrue(described.contains("nothing at host:1"), described);
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

  @Test
  void descriptionHasTheCauseAndNoValue() {
    assertEquals(
        "the connection was lost (EOFException: end of stream)",
        CaptureFailure.describe(
            new ConnectException("stopped", new EOFException("end of stream"))));
    String described =
        CaptureFailure.describe(
            new ConnectException(new SQLException("Duplicate entry 'secret'", "23000", 1062)));
    assertFalse(described.contains("secret"), described);
  }
}
