package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;

import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.PostgresServer;
import io.obconnect.stack.SqlEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One PostgreSQL database on its way to a destination, through the connectors that users post. The
 * destination's database has the same name.
 */
final class PostgresMigration implements AutoCloseable {
  private final String database;
  private final PostgresSource source;
  private final SqlEngine destination;
  private final ConnectRest rest;
  private final Map<String, String> sinkOptions = new HashMap<>();

  PostgresMigration(
      String database,
      PostgresServer postgres,
      SqlEngine destination,
      KafkaBroker kafka,
      ConnectWorker connect) {
    this.database = database;
    this.source = new PostgresSource(database, postgres, kafka, connect);
    this.destination = destination;
    this.rest = connect.rest();
    sinkOptions.putAll(
        Map.of(
            "topics.regex", database + "\\..*",
            "connection.addresses", destination.address(),
            "connection.username", destination.user(),
            "connection.password", destination.password(),
            "errors.deadletterqueue.topic.name", "dead-letters." + database));
  }

  PostgresSource source() {
    return source;
  }

  PostgresMigration withSink(String option, String value) {
    sinkOptions.put(option, value);
    return this;
  }

  PostgresMigration start() {
    source.start();
    rest.postConnector(
        Migration.template("oceanbase-sink-postgres.json")
            .named(sinkName())
            .with(sinkOptions)
            .document());
    return this;
  }

  private String sinkName() {
    return database + "-sink";
  }

  PostgresMigration onDestination(String... statements) throws SQLException {
    try (Connection connection = destination.connect();
        Statement statement = connection.createStatement()) {
      connection.setCatalog(database);
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return this;
  }

  void awaitOnDestination(String query, String expected) {
    await(query)
        .atMost(Migration.TIMEOUT)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              FailedTasks.refuse(rest, List.of(source.name(), sinkName()));
              return onDestinationValue(query);
            },
            expected::equals);
  }

  /** The first column of the first row; empty text when there is none, or no such table yet. */
  String onDestinationValue(String query) {
    try (Connection connection = destination.connect();
        Statement statement = connection.createStatement()) {
      connection.setCatalog(database);
      try (ResultSet row = statement.executeQuery(query)) {
        return row.next() ? String.valueOf(row.getString(1)) : "";
      }
    } catch (SQLException e) {
      return "";
    }
  }

  @Override
  public void close() throws SQLException {
    rest.deleteConnector(sinkName());
    source.close();
  }
}
