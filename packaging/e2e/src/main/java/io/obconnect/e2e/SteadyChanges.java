package io.obconnect.e2e;

import io.obconnect.stack.SqlEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes changes at a steady pace, each one a transaction, by several clients in turn: one alone
 * would wait for an answer when the next change is due.
 */
final class SteadyChanges implements AutoCloseable {
  private static final int CLIENTS = 4;

  private final List<Connection> connections = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          CLIENTS,
          work -> {
            Thread daemon = new Thread(work, "steady-changes");
            daemon.setDaemon(true);
            return daemon;
          });

  SteadyChanges(SqlEngine engine) throws SQLException {
    try {
      for (int i = 0; i < CLIENTS; i++) {
        connections.add(engine.connect());
      }
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /**
   * Begins.
   *
   * @param changes which must not depend on one another
   * @return when each change was sent, by {@link System#nanoTime()}; complete when all of them are
   *     committed
   */
  Future<long[]> start(List<RowChange> changes, int perSecond) {
    Objects.requireNonNull(changes, "changes");
    long[] sentNanos = new long[changes.size()];
    SteadyPace pace = new SteadyPace(perSecond);
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.add(
          CompletableFuture.runAsync(() -> change(client, changes, pace, sentNanos), threads));
    }
    return CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new))
        .thenApply(all -> sentNanos);
  }

  private void change(int client, List<RowChange> changes, SteadyPace pace, long[] sentNanos) {
    try (Statement statement = connections.get(client).createStatement()) {
      for (int i = client; i < sentNanos.length; i += CLIENTS) {
        String sql = changes.get(i).sql();
        sentNanos[i] = pace.await(i);
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new CompletionException("a change failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException("interrupted while making changes", e);
    }
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    for (Connection each : connections) {
      each.close();
    }
  }
}
