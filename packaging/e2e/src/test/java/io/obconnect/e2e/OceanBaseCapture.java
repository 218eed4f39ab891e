package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.obconnect.stack.BinlogService;
import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * One OceanBase database on its way into Kafka, read through a Binlog Service's stand-in by a
 * connector that users post. The database's name is also the topic prefix and the stem of the
 * connector's name. The table {@code marker} tells how far everything has come.
 */
final class OceanBaseCapture implements AutoCloseable {
  static final String FILE = "oceanbase-source.json";

  private final String database;
  private final OceanBaseServer server;
  private final BinlogService service;
  private final KafkaBroker kafka;
  private final ConnectRest rest;
  private final Map<String, String> options = new HashMap<>();
  private final Deque<String> posted = new ArrayDeque<>();
  private int marker;

  OceanBaseCapture(
      String database, OceanBaseServer server, KafkaBroker kafka, ConnectWorker connect) {
    this.database = database;
    this.server = server;
    this.service = BinlogService.before(server);
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
            "database.server.id",
            String.valueOf(200_000 + Math.floorMod(database.hashCode(), 100_000)),
            "database.include.list",
            database,
            "topic.prefix",
            database,
            "schema.history.internal.kafka.bootstrap.servers",
            kafka.bootstrapServers(),
            "schema.history.internal.kafka.topic",
            "schema-history." + database));
    options.put("binlog.hostname", service.address().host());
    options.put("binlog.port", String.valueOf(service.address().port()));
  }

  BinlogService service() {
    return service;
  }

  OceanBaseCapture with(String option, String value) {
    options.put(option, value);
    return this;
  }

  /** What is different from the sample. */
  Map<String, String> options() {
    return Map.copyOf(options);
  }

  /** For connectors that know one address only: the proxy's, which has the log and SQL. */
  OceanBaseCapture throughProxyOnly() {
    return with("binlog.hostname", "")
        .with("binlog.port", "0")
        .with("database.hostname", service.address().host())
        .with("database.port", String.valueOf(service.address().port()));
  }

  /** Creates the database anew, runs statements in it, and captures it from then on. */
  OceanBaseCapture prepare(String... statements) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + database);
      statement.execute("CREATE DATABASE " + database);
    }
    run("CREATE TABLE marker (id INT PRIMARY KEY, n BIGINT NOT NULL)");
    run(statements);
    service.capture(database);
    run("INSERT INTO marker VALUES (1, 0)");
    return this;
  }

  /** Each statement is a transaction. */
  OceanBaseCapture run(String... statements) throws SQLException {
    return run(true, statements);
  }

  /** All statements are one transaction. */
  OceanBaseCapture runTogether(String... statements) throws SQLException {
    return run(false, statements);
  }

  private OceanBaseCapture run(boolean autoCommit, String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(autoCommit);
      for (String sql : statements) {
        statement.execute(sql);
      }
      if (!autoCommit) {
        connection.commit();
      }
    }
    return this;
  }

  Connection connect() throws SQLException {
    Connection connection = server.connect();
    connection.setCatalog(database);
    return connection;
  }

  /** Changes definitions; the log tells it. */
  OceanBaseCapture change(String... statements) throws SQLException {
    service.change(database, statements);
    return this;
  }

  String name() {
    return database + "-source";
  }

  String topic(String table) {
    return database + "." + database + "." + table;
  }

  OceanBaseCapture start() {
    return start(FILE);
  }

  /** Once the log has its first transaction. */
  OceanBaseCapture start(String file) {
    await("the first transaction in the log")
        .atMost(Migration.TIMEOUT)
        .until(() -> !service.position().isEmpty());
    return post(file, name(), options);
  }

  /** Applies what is captured to another engine. */
  OceanBaseCapture startSink(SqlEngine destination) {
    return post(
        "oceanbase-sink.json",
        database + "-sink",
        Map.of(
            "topics.regex", database + "(\\..*)?",
            "connection.addresses", destination.address(),
            "connection.username", destination.user(),
            "connection.password", destination.password()));
  }

  private OceanBaseCapture post(String file, String name, Map<String, String> with) {
    rest.postConnector(Migration.template(file).named(name).with(with).document());
    posted.addFirst(name);
    return this;
  }

  void restartTasks() {
    rest.restartConnector(name(), true);
  }

  /** Waits until everything before this call has come to Kafka. */
  OceanBaseCapture awaitCaughtUp() throws SQLException {
    // The full copy reads one table after another: it may have had another table before rows came
    // to it, and the marker behind them. Only a marker from the log has everything before it.
    while (awaitMarker(++marker).operation().equals("r")) {}
    return this;
  }

  private TopicRecord awaitMarker(int n) throws SQLException {
    run("UPDATE marker SET n = " + n + " WHERE id = 1");
    try (TopicReader topic = new TopicReader(kafka.bootstrapServers(), topic("marker"))) {
      return await("marker " + n + " of " + database)
          .atMost(Migration.TIMEOUT)
          .until(
              checked(
                  () ->
                      topic.read().stream()
                          .filter(record -> record.after().path("n").asInt(-1) == n)
                          .findFirst()),
              Optional::isPresent)
          .orElseThrow();
    }
  }

  /** Waits until the sink has applied everything before this call. */
  OceanBaseCapture awaitApplied() throws SQLException {
    awaitCaughtUp();
    try (SinkProgress progress = new SinkProgress(kafka.bootstrapServers())) {
      await("the sink's offsets at the end of its topics")
          .atMost(Migration.TIMEOUT)
          .until(
              checked(() -> progress.behind(database + "-sink", database)), behind -> behind == 0);
    }
    return this;
  }

  private <T> Callable<T> checked(Callable<T> callable) {
    return () -> {
      requireHealth();
      return callable.call();
    };
  }

  /** Ends a wait that is hopeless. */
  void requireHealth() {
    service.position();
    FailedTasks.refuse(rest, List.copyOf(posted));
  }

  /** Waits until a topic has so many records. */
  void awaitRecords(String table, int count) {
    try (TopicReader topic = new TopicReader(kafka.bootstrapServers(), topic(table))) {
      await(count + " records of " + table)
          .atMost(Migration.TIMEOUT)
          .until(checked(topic::read), records -> records.size() >= count);
    }
  }

  List<TopicRecord> records(String table) throws IOException {
    try (TopicReader topic = new TopicReader(kafka.bootstrapServers(), topic(table))) {
      return topic.readToEnd();
    }
  }

  /** Waits until the task has failed; returns why. */
  String awaitFailure() {
    return await("a task of " + name() + " to fail")
        .atMost(Migration.TIMEOUT)
        .until(this::failure, trace -> !trace.isEmpty());
  }

  private String failure() {
    for (JsonNode task : rest.status(name()).path("tasks")) {
      if (task.path("state").asText().equals("FAILED")) {
        return task.path("trace").asText();
      }
    }
    return "";
  }

  /** A table's rows as OceanBase holds them, by their first column. */
  Map<String, List<String>> rows(String table) throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(row.getString(i)));
        }
        rows.put(values.get(0), values);
      }
    }
    return rows;
  }

  @Override
  public void close() throws IOException, SQLException {
    posted.forEach(rest::deleteConnector);
    service.close();
  }
}
