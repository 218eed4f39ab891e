package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.RetryPolicy;
import io.obconnect.model.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.connect.errors.ConnectException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RetrierTest {
  private final SQLException lockWait = new SQLException("row 'secret'", "HY000", 1205);
  private final SQLException deadlock = new SQLException("row 'secret'", "40001", 1213);
  private final SQLException lost = new SQLException("broken pipe", "08S01", 0);
  private final SQLException duplicate = new SQLException("entry 'secret'", "23000", 1062);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final List<SqlFailure.Kind> recovered = new ArrayList<>();

  private Retrier retrier(Duration backoff, Duration timeout) {
    return new Retrier(
        failure -> recovered.add(failure.kind()), new RetryPolicy(backoff, LONG, timeout));
  }

  private static Retrier.Work<String> failing(SQLException... failures) {
    Deque<SQLException> left = new ArrayDeque<>(Arrays.asList(failures));
    return () -> {
      if (left.isEmpty()) {
        return "done";
      }
      throw left.remove();
    };
  }

  @Test
  void passingFailuresAreRetriedEachAfterARecovery() throws SQLException {
    Retrier retrier = retrier(Duration.ofMillis(1), LONG);
    assertEquals("done", retrier.run("Work", failing(lockWait, deadlock, lost)));
    assertEquals(
        List.of(SqlFailure.Kind.TRANSIENT, SqlFailure.Kind.TRANSIENT, SqlFailure.Kind.CONNECTION),
        recovered);
  }

  @Test
  void otherFailuresAreHandedOnAfterARecovery() {
    Retrier retrier = retrier(Duration.ofMillis(1), LONG);
    assertSame(
        duplicate,
        assertThrows(SQLException.class, () -> retrier.run("Work", failing(lockWait, duplicate))));
    assertEquals(List.of(SqlFailure.Kind.TRANSIENT, SqlFailure.Kind.DATA), recovered);
  }

  @Test
  void timeoutNamesWorkAndErrorButNoValue() {
    Retrier retrier = retrier(Duration.ofMillis(1), Duration.ZERO);
    ConnectException failure =
        assertThrows(ConnectException.class, () -> retrier.run("Work", failing(lockWait)));
    assertTrue(failure.getMessage().startsWith("Work has kept failing"), failure.getMessage());
    assertTrue(failure.getMessage().contains("1205"), failure.getMessage());
    assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
    assertEquals(null, failure.getCause(), "the driver's message quotes values");
  }

  private static Throwable failureOf(CompletableFuture<String> result) {
    return assertThrows(ExecutionException.class, result::get).getCause();
  }

  private CompletableFuture<String> runInBackground(Retrier retrier) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(retrier.run("Work", failing(lockWait)));
              } catch (SQLException | ConnectException e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return result;
  }

  @Test
  void cancelEndsAPauseThatHasBegun() {
    Retrier retrier = retrier(LONG, LONG);
    CompletableFuture<String> result = runInBackground(retrier);
    retrier.cancel();
    assertEquals(WorkCancelledException.class, failureOf(result).getClass());
  }

  @Test
  void cancelTakesEffectOnce() throws SQLException {
    Retrier retrier = retrier(Duration.ofMillis(1), LONG);
    retrier.cancel();
    assertThrows(WorkCancelledException.class, () -> retrier.run("Work", failing(lockWait)));
    assertEquals("done", retrier.run("Work", failing(lockWait)));
  }

  /** A release that met no failure must not cancel what fails an hour later. */
  @Test
  void cancelThatMetNoFailureIsTakenBack() throws SQLException {
    Retrier retrier = retrier(Duration.ofMillis(1), LONG);
    retrier.cancel();
    retrier.resume();
    assertEquals("done", retrier.run("Work", failing(lockWait)));
  }

  @Test
  void stopEndsThePauseAndEveryFurtherOne() {
    Retrier retrier = retrier(LONG, LONG);
    CompletableFuture<String> result = runInBackground(retrier);
    retrier.stop();
    assertTrue(failureOf(result).getMessage().contains("stopping"));
    ConnectException failure =
        assertThrows(ConnectException.class, () -> retrier.run("Work", failing(lockWait)));
    assertTrue(failure.getMessage().contains("stopping"), failure.getMessage());
  }
}
