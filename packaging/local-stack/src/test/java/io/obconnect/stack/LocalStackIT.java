package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mariadb.jdbc.Driver;

@ExtendWith(LocalStackExtension.class)
class LocalStackIT {
  private static final String DEBEZIUM = "io.debezium.connector.mysql.MySqlConnector";

  @Test
  void mysqlKeepsCommittedRowsWhenKilled(MySqlServer mysql) throws Exception {
    assertEquals("ON", single(mysql.connect(), "select @@gtid_mode"));
    assertEquals("", single(mysql.connect(), "select @@gtid_executed"));
    int port = mysql.port();
    commitRow(mysql.connect());
    mysql.kill();
    assertFalse(mysql.isRunning());
    mysql.start();
    assertEquals(port, mysql.port());
    assertEquals("1", single(mysql.connect(), "select count(*) from crash.t"));
  }

  @Test
  void oceanbaseKeepsCommittedRowsWhenKilled(OceanBaseServer oceanbase) throws Exception {
    int port = oceanbase.port();
    commitRow(oceanbase.connect());
    oceanbase.kill();
    assertFalse(oceanbase.isRunning());
    oceanbase.start();
    assertEquals(port, oceanbase.port());
    assertEquals("1", single(oceanbase.connect(), "select count(*) from crash.t"));
  }

  /** Larger than what seekdb would write to its log ahead of the commit, left to itself. */
  @Test
  void oceanbaseHoldsNoLockOfATransactionThatAKillEnded(OceanBaseServer oceanbase)
      throws Exception {
    try (Connection connection = oceanbase.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database if not exists locked");
      statement.execute("create table locked.t (id int primary key, v varchar(60000))");
      statement.execute("insert into locked.t values (1, '')");
      connection.setAutoCommit(false);
      statement.execute("update locked.t set v = repeat('x', 60000)");
      oceanbase.kill();
    }
    oceanbase.start();
    try (Connection connection = oceanbase.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set session ob_query_timeout = 5000000");
      assertEquals(1, statement.executeUpdate("delete from locked.t where v = ''"));
    }
  }

  @Test
  void postgresKeepsCommittedRowsWhenKilledAndStopsDespiteClients(PostgresServer postgres)
      throws Exception {
    assertEquals("logical", single(postgres.connect(), "show wal_level"));
    int port = postgres.port();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database crash");
      try (Connection inside = postgres.connect("crash");
          Statement insert = inside.createStatement()) {
        insert.execute("create table t (id int primary key)");
        insert.execute("insert into t values (1)");
        postgres.kill();
        assertFalse(postgres.isRunning());
      }
    }
    postgres.start();
    assertEquals(port, postgres.port());
    try (Connection idle = postgres.connect("crash")) {
      postgres.stop();
      assertThrows(SQLException.class, () -> single(idle, "select 1"));
    }
    String log = Files.readString(postgres.logFile());
    assertTrue(log.contains("received fast shutdown request"), log);
    assertTrue(log.contains("database system is shut down"), log);
    postgres.start();
    assertEquals("1", single(postgres.connect("crash"), "select count(*) from t"));
  }

  @Test
  void postgresRefusesWrongPassword(PostgresServer postgres) {
    SqlEndpoint wrong =
        new SqlEndpoint(
            SqlProtocol.POSTGRES, postgres.host(), postgres.port(), postgres.user(), "wrong");
    assertThrows(SQLException.class, wrong::connect);
  }

  @Test
  void oceanbaseRefusesRootWithoutPassword(OceanBaseServer oceanbase) throws Exception {
    String login = oceanbase.jdbcUrl() + "&user=";
    assertThrows(SQLException.class, () -> connect(login + oceanbase.user()));
    assertEquals("1", single(connect(login + oceanbase.loopbackUser()), "select 1"));
  }

  @Test
  void twoMysqlServersHaveDifferentIdentities(LocalStack stack, MySqlServer first)
      throws Exception {
    try (MySqlServer second = stack.newMySql()) {
      for (String identity : List.of("select @@server_uuid", "select @@server_id")) {
        assertNotEquals(
            single(first.connect(), identity), single(second.connect(), identity), identity);
      }
    }
  }

  @Test
  void mysqlClientsRun(MySqlServer mysql) throws Exception {
    List<String> command = new ArrayList<>(mysql.clientCommand("mysqldump"));
    command.add("--version");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains("Ver "), output);
  }

  @Test
  void connectOffersDebeziumAfterACrashOfWorkerAndBroker(KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    assertTrue(pluginClasses(connect).contains(DEBEZIUM));
    String address = kafka.bootstrapServers();
    connect.kill();
    kafka.kill();
    kafka.start();
    connect.start();
    assertEquals(address, kafka.bootstrapServers());
    assertTrue(pluginClasses(connect).contains(DEBEZIUM));
    assertTrue(Files.readString(connect.logFile()).contains("Kafka Connect started"));
  }

  @Test
  void connectorOfAKilledWorkerGoesOnWithAnother(
      LocalStack stack, MySqlServer mysql, ConnectWorker first) throws Exception {
    try (ConnectWorker second = stack.newConnect()) {
      List<ConnectWorker> workers = List.of(first, second);
      second.rest().putConnector("movable", debezium(stack, mysql));
      ConnectWorker killed = awaitRunning(first, "movable", workers);
      ConnectWorker survivor = killed == first ? second : first;
      killed.kill();
      assertEquals(survivor, awaitRunning(survivor, "movable", List.of(survivor)));
      killed.start();
      killed.rest().deleteConnector("movable");
    }
  }

  /** Answers the worker that runs the connector's task, once that is one of these. */
  private static ConnectWorker awaitRunning(
      ConnectWorker asked, String connector, List<ConnectWorker> candidates) {
    List<ConnectWorker> found = new ArrayList<>();
    Optional<Exception> failure =
        Await.passes(
            () -> {
              JsonNode task = asked.rest().status(connector).path("tasks").path(0);
              candidates.stream()
                  .filter(worker -> worker.id().equals(task.path("worker_id").asText()))
                  .filter(worker -> task.path("state").asText().equals("RUNNING"))
                  .forEach(found::add);
              if (found.isEmpty()) {
                throw new IOException("the task is not running there: " + task);
              }
            },
            Duration.ofSeconds(90),
            () -> true);
    assertTrue(failure.isEmpty(), failure::toString);
    return found.get(0);
  }

  private static Map<String, String> debezium(LocalStack stack, MySqlServer mysql) {
    return Map.of(
        "connector.class",
        DEBEZIUM,
        "database.hostname",
        mysql.host(),
        "database.port",
        String.valueOf(mysql.port()),
        "database.user",
        mysql.user(),
        "database.password",
        mysql.password(),
        "database.server.id",
        "4711",
        "topic.prefix",
        "movable",
        "snapshot.mode",
        "no_data",
        "schema.history.internal.kafka.bootstrap.servers",
        stack.kafka().bootstrapServers(),
        "schema.history.internal.kafka.topic",
        "movable-history");
  }

  @Test
  void connectSaysWhatIsWrong(ConnectWorker connect) {
    JsonNode result = connect.rest().validate(DEBEZIUM, Map.of("connector.class", DEBEZIUM));
    assertTrue(result.path("error_count").asInt() > 0, result.toString());
    ConnectRestException missing =
        assertThrows(ConnectRestException.class, () -> connect.rest().status("no-such-connector"));
    assertEquals(404, missing.status());
    assertTrue(missing.getMessage().contains("No status found"), missing.getMessage());
  }

  @Test
  void engineThatCannotStartShowsItsLog() {
    LocalStackOptions options =
        LocalStackOptions.defaults().withOceanbaseParameter("memory_budget", "1M");
    try (LocalStack stack = new LocalStack(options)) {
      LocalStackException failure = assertThrows(LocalStackException.class, stack::oceanbase);
      assertTrue(failure.getMessage().contains("ended with exit code 1"), failure.getMessage());
      assertTrue(failure.getMessage().lines().count() > 3, failure.getMessage());
    }
    assertFalse(Files.exists(options.baseDir()));
  }

  @Test
  void missingPluginNamesTheCommandThatBuildsIt(LocalStack stack) {
    LocalStackException failure =
        assertThrows(LocalStackException.class, () -> stack.requirePlugin("no-such-module"));
    assertTrue(failure.getMessage().contains("-pl no-such-module"), failure.getMessage());
  }

  @Test
  void externalEngineIsUsedAndNeverStopped(MySqlServer mysql) throws Exception {
    ExternalEngines.ExternalSql address =
        new ExternalEngines.ExternalSql(
            new HostPort(mysql.host(), mysql.port()), mysql.user(), mysql.password());
    LocalStackOptions options =
        LocalStackOptions.defaults()
            .withExternal(
                new ExternalEngines(
                    Optional.of(address), Optional.empty(), Optional.empty(), Optional.empty()));
    try (LocalStack stack = new LocalStack(options)) {
      MySqlServer external = stack.mysql();
      assertTrue(external.isRunning());
      assertThrows(LocalStackException.class, external::kill);
      assertEquals("1", single(external.connect(), "select 1"));
    }
    assertTrue(mysql.isRunning());
  }

  @Test
  void crashOfTheTestJvmLeavesNoEngine(LocalStack stack) throws Exception {
    Path folder = stack.pluginPath().resolveSibling("orphan");
    Files.createDirectories(folder);
    String classPath = System.getProperty("java.class.path");
    Process jvm =
        new ProcessBuilder(
                Executables.java(), "-cp", classPath, OrphanMain.class.getName(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jvm.txt").toFile())
            .start();
    Path pidFile = folder.resolve("pids");
    assertTrue(
        Await.passes(() -> Files.readString(pidFile), Duration.ofSeconds(90), jvm::isAlive)
            .isEmpty(),
        () -> LogTail.of(folder.resolve("jvm.txt")));
    List<Long> pids = Files.readAllLines(pidFile).stream().map(Long::valueOf).toList();
    assertEquals(2, pids.stream().filter(pid -> ProcessHandle.of(pid).isPresent()).count());
    jvm.destroyForcibly().waitFor();
    for (long pid : pids) {
      assertTrue(
          Await.passes(() -> requireGone(pid), Duration.ofSeconds(10), () -> true).isEmpty());
    }
  }

  private static void requireGone(long pid) throws IOException {
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
      throw new IOException("process " + pid + " lives on");
    }
  }

  private static void commitRow(Connection connection) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute("create database if not exists crash");
      statement.execute("create table if not exists crash.t (id int primary key)");
      statement.execute("replace into crash.t values (1)");
    }
  }

  private static String single(Connection connection, String sql) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertTrue(rows.next());
      return rows.getString(1);
    }
  }

  private static Connection connect(String url) throws SQLException {
    return new Driver().connect(url, new Properties());
  }

  private static List<String> pluginClasses(ConnectWorker connect) {
    return connect.rest().plugins().findValuesAsText("class");
  }
}
