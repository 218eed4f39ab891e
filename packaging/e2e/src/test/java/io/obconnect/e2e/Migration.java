package io.obconnect.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.obconnect.model.TableId;
import io.obconnect.stack.ConnectRest;
import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.SqlEngine;
import io.obconnect.verifier.TableComparator;
import io.obconnect.verifier.TableComparison;
import io.obconnect.verifier.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * One database on its way from MySQL to a destination, through the connectors that users post. The
 * database's name is also the topic prefix and the stem of the connectors' names, so that tests do
 * not see one another.
 */
final class Migration implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final String database;
  private final MySqlServer source;
  private final SqlEngine destination;
  private final KafkaBroker kafka;
  private final ConnectRest rest;
  private final Map<String, String> sourceOptions = new HashMap<>();
  private final Map<String, String> sinkOptions = new HashMap<>();

  /** The latest first. */
  private final Deque<String> posted = new ArrayDeque<>();

  private long marker;
  private Duration timeout = TIMEOUT;
  private Runnable healthCheck;

  Migration(
      String database,
      MySqlServer source,
      SqlEngine destination,
      KafkaBroker kafka,
      ConnectWorker connect) {
    this.database = database;
    this.source = source;
    this.destination = destination;
    this.kafka = kafka;
    this.rest = connect.rest();
    sinkOptions.putAll(
        Map.of(
            "topics.regex", database + "(\\..*)?",
            "connection.addresses", destination.address(),
            "connection.username", destination.user(),
            "connection.password", destination.password()));
    sourceOptions.putAll(
        Map.of(
            "database.hostname", source.host(),
            "database.port", String.valueOf(source.port()),
            "database.user", source.user(),
            "database.password", source.password(),
            "database.server.id",
                String.valueOf(100_000 + Math.floorMod(database.hashCode(), 100_000)),
            "database.include.list", database,
            "topic.prefix", database,
            "schema.history.internal.kafka.bootstrap.servers", kafka.bootstrapServers(),
            "schema.history.internal.kafka.topic", "schema-history." + database));
    this.healthCheck = () -> FailedTasks.refuse(rest, List.of(sourceName(), sinkName()));
  }

  /** Gives whatever is waited for another time. */
  Migration within(Duration limit) {
    timeout = limit;
    return this;
  }

  /** Lets another check decide when it is hopeless to wait; until then, any failed task does. */
  Migration checkedBy(Runnable check) {
    healthCheck = check;
    return this;
  }

  Migration withSource(String option, String value) {
    sourceOptions.put(option, value);
    return this;
  }

  /** Lets statements about views come, by the option that docs/ddl.md names for it. */
  Migration withViews() throws IOException {
    String option = "internal.schema.history.internal.ddl.filter";
    Path document = Path.of(System.getProperty("obconnect.root"), "docs", "ddl.md");
    try (Stream<String> lines = Files.lines(document)) {
      String line =
          lines.filter(each -> each.startsWith('"' + option + '"')).findFirst().orElseThrow();
      return withSource(
          option, new ObjectMapper().readTree("{" + line + "}").path(option).textValue());
    }
  }

  Migration withSink(String option, String value) {
    sinkOptions.put(option, value);
    return this;
  }

  String database() {
    return database;
  }

  String sourceName() {
    return database + "-source";
  }

  String sinkName() {
    return database + "-sink";
  }

  /** Creates the source database anew and runs statements in it; a marker table is added. */
  Migration prepare(String... statements) throws SQLException {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + database);
      statement.execute("CREATE DATABASE " + database);
      statement.execute("USE " + database);
      statement.execute("CREATE TABLE marker (id INT PRIMARY KEY, n BIGINT NOT NULL)");
      statement.execute("INSERT INTO marker VALUES (1, 0)");
    }
    return onSource(statements);
  }

  Migration onSource(String... statements) throws SQLException {
    try (Connection connection = source.connect()) {
      connection.setCatalog(database);
      run(connection, statements);
    }
    return this;
  }

  /** In the migrated database, which is there or made. */
  Migration onDestination(String... statements) throws SQLException {
    try (Connection connection = destination.connect()) {
      run(connection, "CREATE DATABASE IF NOT EXISTS " + database);
      connection.setCatalog(database);
      run(connection, statements);
    }
    return this;
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  Migration start() {
    return startSource().startSink();
  }

  Migration startSource() {
    return startSource("mysql-source-debezium.json");
  }

  Migration startSource(String file) {
    return post(file, sourceName(), sourceOptions);
  }

  Migration startSink() {
    return startSink("oceanbase-sink.json");
  }

  Migration startSink(String file) {
    return post(file, sinkName(), sinkOptions);
  }

  private Migration post(String file, String name, Map<String, String> options) {
    rest.postConnector(template(file).named(name).with(options).document());
    posted.addFirst(name);
    return this;
  }

  static ConnectorTemplate template(String file) {
    return ConnectorTemplate.read(Path.of(System.getProperty("obconnect.root")), file);
  }

  /** Waits until all that was written to the source before this call has been applied. */
  Migration awaitCaughtUp() throws Exception {
    marker++;
    onSource("UPDATE marker SET n = " + marker + " WHERE id = 1");
    awaitOnDestination("SELECT n FROM marker WHERE id = 1", String.valueOf(marker));
    try (SinkProgress progress = new SinkProgress(kafka.bootstrapServers())) {
      await("the sink's offsets at the end of its topics")
          .atMost(timeout)
          .pollInterval(Duration.ofMillis(300))
          .until(() -> progress.behind(sinkName(), database), behind -> behind == 0);
    }
    return this;
  }

  void awaitOnDestination(String query, String expected) {
    await(query)
        .atMost(timeout)
        .pollInterval(Duration.ofMillis(200))
        .until(checked(() -> onDestinationValue(query)), expected::equals);
  }

  private <T> Callable<T> checked(Callable<T> callable) {
    return () -> {
      healthCheck.run();
      return callable.call();
    };
  }

  /**
   * The first column of the first row; empty text when there is none, the table is missing or the
   * engine is down.
   */
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

  String onSourceValue(String query) throws SQLException {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      connection.setCatalog(database);
      try (ResultSet row = statement.executeQuery(query)) {
        return row.next() ? String.valueOf(row.getString(1)) : "";
      }
    }
  }

  /** All columns of the first row. */
  List<String> onSourceRow(String query) throws SQLException {
    try (Connection connection = source.connect()) {
      return row(connection, query);
    }
  }

  /** All columns of the first row. */
  List<String> onDestinationRow(String query) throws SQLException {
    try (Connection connection = destination.connect()) {
      return row(connection, query);
    }
  }

  private List<String> row(Connection connection, String query) throws SQLException {
    connection.setCatalog(database);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      row.next();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        values.add(row.getString(i));
      }
      return values;
    }
  }

  /** Gives the topics of tables several partitions; what orders them keeps a single one. */
  Migration withPartitions(int partitions) {
    return withSource("topic.creation.default.partitions", String.valueOf(partitions))
        .withSource("topic.creation.default.replication.factor", "1")
        .withSource("topic.creation.groups", "ordered")
        .withSource("topic.creation.ordered.include", database + "," + database + "\\.transaction")
        .withSource("topic.creation.ordered.partitions", "1")
        .withSource("topic.creation.ordered.replication.factor", "1");
  }

  /** Changes options of the running source, which was started from a file. */
  Migration reconfigureSource(String file, String... optionsAndValues) {
    for (int i = 0; i < optionsAndValues.length; i += 2) {
      withSource(optionsAndValues[i], optionsAndValues[i + 1]);
    }
    rest.putConnector(
        sourceName(), template(file).named(sourceName()).with(sourceOptions).config());
    return this;
  }

  /** Changes options of the running sink. */
  Migration reconfigureSink(String... optionsAndValues) {
    for (int i = 0; i < optionsAndValues.length; i += 2) {
      withSink(optionsAndValues[i], optionsAndValues[i + 1]);
    }
    rest.putConnector(
        sinkName(), template("oceanbase-sink.json").named(sinkName()).with(sinkOptions).config());
    return this;
  }

  /** The topic of a table's changes. */
  String topic(String table) {
    return database + "." + database + "." + table;
  }

  /** Waits until a task of the sink has failed; returns why. */
  String awaitFailure() {
    return awaitFailure(sinkName());
  }

  /** Waits until a task of a connector has failed; returns why. */
  String awaitFailure(String connector) {
    return await("a task of " + connector + " to fail")
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> failureOf(connector), trace -> !trace.isEmpty());
  }

  /** The trace of a failed task, or nothing. */
  String failureOf(String connector) {
    JsonNode status = rest.status(connector);
    for (JsonNode task : status.path("tasks")) {
      if (task.path("state").asText().equals("FAILED")) {
        return task.path("trace").asText();
      }
    }
    return "";
  }

  /** Compares one table on both sides; the destination may have folded its name. */
  TableComparison compare(String table) throws SQLException {
    try (Connection left = source.connect();
        Connection right = destination.connect()) {
      TableId id = new TableId(database, table);
      return new TableComparator().compare(left, right, id, id);
    }
  }

  void assertEqual(String... tables) throws SQLException {
    for (String table : tables) {
      TableComparison comparison = compare(table);
      assertEquals(Verdict.EQUAL, comparison.verdict(), table + ": " + comparison.reason());
    }
  }

  List<String> tablesOfSource() throws SQLException {
    try (Connection left = source.connect()) {
      return new TableComparator().tables(left, database).stream().map(TableId::table).toList();
    }
  }

  @Override
  public void close() {
    posted.forEach(rest::deleteConnector);
  }
}
