package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What the engine could do at best: clients that send ready-made SQL text, each statement a
 * transaction.
 */
final class LimitContender implements Contender {
  private final String name;
  private final LocalStack stack;
  private final List<List<String>> statements;

  /**
   * A replay.
   *
   * @param statements for each client, see {@link FinalStatements}
   */
  LimitContender(String name, LocalStack stack, List<List<String>> statements) {
    this.name = Objects.requireNonNull(name, "name");
    this.stack = Objects.requireNonNull(stack, "stack");
    this.statements = List.copyOf(statements);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RunningCopy start(String run) throws Exception {
    Replay replay = new Replay(statements.size());
    try {
      for (int i = 0; i < statements.size(); i++) {
        replay.connections.add(stack.oceanbase().connect());
      }
    } catch (SQLException e) {
      replay.close();
      throw e;
    }
    replay.begin(statements);
    return replay;
  }

  private static final class Replay implements RunningCopy {
    private static final Duration END_TIMEOUT = Duration.ofMinutes(1);

    private final List<Connection> connections = new ArrayList<>();
    private final List<Future<?>> clients = new ArrayList<>();
    private final ExecutorService threads;

    private Replay(int clientCount) {
      threads = Executors.newFixedThreadPool(clientCount, Replay::daemon);
    }

    private void begin(List<List<String>> statements) {
      for (int i = 0; i < statements.size(); i++) {
        Connection connection = connections.get(i);
        List<String> own = statements.get(i);
        clients.add(
            threads.submit(
                () -> {
                  execute(connection, own);
                  return null;
                }));
      }
    }

    private static void execute(Connection connection, List<String> statements)
        throws SQLException {
      try (Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }

    @Override
    public void check() throws Exception {
      for (Future<?> client : clients) {
        if (client.isDone()) {
          client.get();
        }
      }
    }

    @Override
    public void finish() throws Exception {
      for (Future<?> client : clients) {
        client.get(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      }
    }

    @Override
    public void close() throws IOException {
      threads.shutdownNow();
      SQLException failure = null;
      for (Connection connection : connections) {
        try {
          connection.close();
        } catch (SQLException e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw new IOException("a client of the replay cannot close its connection", failure);
      }
    }

    private static Thread daemon(Runnable work) {
      Thread thread = new Thread(work, "limit-client");
      thread.setDaemon(true);
      return thread;
    }
  }
}
