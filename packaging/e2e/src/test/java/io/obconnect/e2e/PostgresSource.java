package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;

import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One PostgreSQL database on its way into Kafka, through the stock Debezium connector that users
 * post. The database's name is also the topic prefix, the names of the replication slot and of the
 * publication, and the stem of the connector's name, so that tests do not see one another; its
 * tables are in the schema {@code public}.
 */
final class PostgresSource implements AutoCloseable {
  private final String database;
  private final PostgresServer server;
  private final KafkaBroker kafka;
  private final ConnectRest rest;
  private final Map<String, String> options = new HashMap<>();

  PostgresSource(String database, PostgresServer server, KafkaBroker kafka, ConnectWorker connect) {
    this.database = database;
    this.server = server;
    this.kafka = kafka;
    this.rest = connect.rest();
    options.putAll(
        Map.of(
            "database.hostname",
            server.host(),
            "database.port",
            String.valueOf(server.port()),
            "database.user",
            server.user(),
            "database.password",
            server.password(),
            "database.dbname",
            database,
            "topic.prefix",
            database,
            "slot.name",
            database,
            "publication.name",
            database));
  }

  PostgresSource with(String option, String value) {
    options.put(option, value);
    return this;
  }

  String name() {
    return database + "-source";
  }

  String topic(String table) {
    return database + ".public." + table;
  }

  /** Creates the database anew and runs statements in it. */
  PostgresSource prepare(List<String> statements) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
      statement.execute("CREATE DATABASE " + database);
    }
    return run(statements.toArray(String[]::new));
  }

  PostgresSource run(String... statements) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return this;
  }

  /** The first column of the first row, or nothing. */
  String value(String query) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  PostgresSource start() {
    rest.postConnector(
        Migration.template("postgres-source-debezium.json").named(name()).with(options).document());
    return this;
  }

  /** Waits until a table's topic has so many records, and answers all that it has. */
  List<TopicRecord> awaitRecords(String table, int atLeast) {
    try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), topic(table))) {
      return await(atLeast + " records in " + topic(table))
          .atMost(Migration.TIMEOUT)
          .until(
              () -> {
                FailedTasks.refuse(rest, List.of(name()));
                return reader.read();
              },
              records -> records.size() >= atLeast);
    }
  }

  /** The connector's slot outlives it, and a slot that nobody reads fills the server's disk. */
  @Override
  public void close() throws SQLException {
    rest.deleteConnector(name());
    await("the end of the connector")
        .atMost(Migration.TIMEOUT)
        .until(() -> value(slot("active")).equals("0"));
    run(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '"
            + database
            + "'");
  }

  /** A query that counts this connector's slot if a condition holds for it. */
  String slot(String condition) {
    return "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '%s' AND %s"
        .formatted(database, condition);
  }
}
