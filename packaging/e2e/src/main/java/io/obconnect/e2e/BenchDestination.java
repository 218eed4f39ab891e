package io.obconnect.e2e;

import io.obconnect.stack.LocalStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The OceanBase that contenders write to in turn. */
final class BenchDestination {
  private static final String LEDGER_DATABASE = "obconnect";

  private BenchDestination() {}

  /**
   * Removes a database and what this project's sink has noted. Also restarts the engine, so that
   * merges and the memory of one contender's run burden the next one's less.
   */
  static void empty(LocalStack stack, String database) throws SQLException {
    try (Connection destination = stack.oceanbase().connect();
        Statement statement = destination.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + database);
      statement.execute("DROP DATABASE IF EXISTS " + LEDGER_DATABASE);
    }
    stack.oceanbase().stop();
    stack.oceanbase().start();
  }

  /** Starts everything that a benchmark needs besides the source, and says where it is. */
  static void start(BenchContext context) throws Exception {
    context
        .screen()
        .step(
            "OceanBase, Kafka, Connect",
            () -> {
              LocalStack stack = context.stack();
              new StackConnectors(stack, context.root()).requirePlugins(ConnectorPair.OURS);
              return stack.oceanbase().address() + ", " + stack.connect().uri();
            });
  }
}
