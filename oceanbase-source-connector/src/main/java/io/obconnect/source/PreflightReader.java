package io.obconnect.source;

import io.debezium.DebeziumException;
import io.debezium.config.Configuration;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.jdbc.MySqlConnectionConfiguration;
import io.debezium.jdbc.JdbcConnection;
import io.debezium.spi.topic.TopicNamingStrategy;
import io.obconnect.model.TableId;
import io.obconnect.source.ServerFacts.LogFacts;
import io.obconnect.source.TopicFacts.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/**
 * Asks database and Kafka, once, for all that the preflight decides about. Changes and locks
 * nothing; each question is bounded by {@code connection.validation.timeout.ms}. One thread only.
 */
final class PreflightReader {
  /** Who captures more tables has made their topics alike. */
  private static final int MAX_CHANGE_TOPICS = 500;

  private final CapturedDatabase database;
  private final CaptureSettings settings;
  private final MySqlConnectorConfig config;
  private final Configuration connectionSettings;
  private final Map<PreflightCheck, Exception> unread = new EnumMap<>(PreflightCheck.class);
  private Optional<ServerFacts> server = Optional.empty();
  private Optional<List<TableFacts>> tables = Optional.empty();
  private Optional<List<TopicFacts>> topics = Optional.empty();
  private Set<TableId> copyPlanned = Set.of();

  /**
   * A reader.
   *
   * @param options valid ones, with this project's defaults
   */
  PreflightReader(CapturedDatabase database, Map<String, String> options) {
    this.database = Objects.requireNonNull(database, "database");
    this.settings = new CaptureSettings(options);
    Configuration configuration = Configuration.from(options);
    this.config = new MySqlConnectorConfig(configuration);
    this.connectionSettings =
        configuration
            .edit()
            .with("database.socketTimeout", config.getConnectionValidationTimeout().toMillis())
            .build();
  }

  /** Everything that could be read. */
  PreflightFacts read() {
    readDatabase();
    if (settings.bootstrapServers().isPresent()) {
      readKafka();
    }
    return new PreflightFacts(database, settings, server, tables, copyPlanned, topics, unread);
  }

  private void readDatabase() {
    MySqlConnectionConfiguration how = new MySqlConnectionConfiguration(connectionSettings);
    try (JdbcConnection session = new JdbcConnection(how.config(), how.factory(), "`", "`")) {
      Connection connection = session.connection();
      ServerReader reader = new ServerReader(connection);
      server = Optional.of(reader.read(log(reader)));
      readTables(connection);
    } catch (SQLException | DebeziumException e) {
      unread.put(PreflightCheck.CONNECTION, e);
    }
  }

  private Optional<LogFacts> log(ServerReader reader) {
    return database == CapturedDatabase.MYSQL ? mysqlLog(reader) : oceanbaseLog();
  }

  private Optional<LogFacts> mysqlLog(ServerReader reader) {
    try {
      return reader.log();
    } catch (SQLException e) {
      unread.put(PreflightCheck.BINLOG, e);
      return Optional.empty();
    }
  }

  private Optional<LogFacts> oceanbaseLog() {
    try (OceanBaseConnection connection =
        new OceanBaseConnection(connectionSettings, LogOptions.of(connectionSettings), config)) {
      return Optional.of(
          new LogFacts(
              connection.isGtidModeEnabled(),
              String.valueOf(connection.knownGtidSet()),
              List.of(),
              List.of()));
    } catch (NoBinlogServiceException | DebeziumException | SQLException e) {
      unread.put(PreflightCheck.BINLOG_SERVICE, e);
      return Optional.empty();
    }
  }

  private void readTables(Connection connection) {
    try {
      tables =
          Optional.of(
              new TableReader(
                      connection,
                      table ->
                          config.getTableFilters().dataCollectionFilter().isIncluded(id(table)))
                  .read());
    } catch (SQLException e) {
      unread.put(PreflightCheck.DEFINITIONS, e);
    }
  }

  private static io.debezium.relational.TableId id(TableId table) {
    return new io.debezium.relational.TableId(table.database(), null, table.table());
  }

  private void readKafka() {
    try {
      Map<String, Role> roles = roles();
      topics = Optional.of(new TopicReader(settings.options()).read(roles));
      if (topics.get().stream().anyMatch(topic -> topic.role() == Role.PLAN)) {
        copyPlanned = plannedCopies();
      }
    } catch (KafkaException e) {
      unread.put(PreflightCheck.KAFKA, e);
    }
  }

  @SuppressWarnings("unchecked") // tables are what MySQL's topics are named after
  private Map<String, Role> roles() {
    TopicNamingStrategy<io.debezium.relational.TableId> names =
        config.getTopicNamingStrategy(MySqlConnectorConfig.TOPIC_NAMING_STRATEGY);
    Map<String, Role> roles = new HashMap<>();
    tables.orElse(List.of()).stream()
        .limit(MAX_CHANGE_TOPICS)
        .forEach(table -> roles.put(names.dataChangeTopic(id(table.id())), Role.CHANGES));
    if (settings.sendsSchemaChanges()) {
      roles.put(names.schemaChangeTopic(), Role.SCHEMA_CHANGES);
    }
    if (settings.blocks()) {
      roles.put(settings.copy().topic(), Role.COPY);
      roles.put(settings.copy().planTopic(), Role.PLAN);
    }
    settings.historyTopic().ifPresent(topic -> roles.put(topic, Role.HISTORY));
    return roles;
  }

  private Set<TableId> plannedCopies() {
    CopyPlan plan = new CopyPlan();
    try (PlanTopic topic = PlanTopic.open(settings.copy().planTopic(), settings.options())) {
      topic.readToEnd(plan::accept);
    }
    return plan.tables();
  }
}
