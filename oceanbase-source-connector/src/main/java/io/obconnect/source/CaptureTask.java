package io.obconnect.source;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.debezium.DebeziumException;
import io.debezium.bean.StandardBeanNames;
import io.debezium.bean.spi.BeanRegistry;
import io.debezium.config.CommonConnectorConfig;
import io.debezium.config.Configuration;
import io.debezium.config.Field;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.base.QueueProviderService;
import io.debezium.connector.binlog.BinlogEventMetadataProvider;
import io.debezium.connector.binlog.BinlogSourceTask;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.common.CdcSourceTaskContext;
import io.debezium.connector.common.DebeziumHeaderProducer;
import io.debezium.connector.mysql.MySqlChangeEventSourceMetricsFactory;
import io.debezium.connector.mysql.MySqlConnector;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlDatabaseSchema;
import io.debezium.connector.mysql.MySqlErrorHandler;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.connector.mysql.MySqlStreamingChangeEventSourceMetrics;
import io.debezium.connector.mysql.MySqlTaskContext;
import io.debezium.connector.mysql.jdbc.MySqlValueConverters;
import io.debezium.document.DocumentReader;
import io.debezium.heartbeat.Heartbeat.ScheduledHeartbeat;
import io.debezium.heartbeat.HeartbeatFactory;
import io.debezium.jdbc.DefaultMainConnectionProvidingConnectionFactory;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.pipeline.GuardrailValidator;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.signal.SignalProcessor;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.TableId;
import io.debezium.relational.mapping.ColumnMapper;
import io.debezium.relational.mapping.ColumnMappers;
import io.debezium.relational.mapping.PropagateSourceMetadataToSchemaParameter;
import io.debezium.schema.SchemaFactory;
import io.debezium.service.Service;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.spi.snapshot.Snapshotter;
import io.debezium.spi.topic.TopicNamingStrategy;
import io.debezium.util.Clock;
import io.obconnect.model.PluginVersion;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts Debezium's parts together as its MySqlConnectorTask (3.6.1) does, with this project's own
 * where Debezium's lose something. That task offers no place to exchange a part; Debezium's variant
 * for MariaDB is made in the same way.
 *
 * <p>Runs once: whoever wants to capture again makes another one.
 */
final class CaptureTask extends BinlogSourceTask<MySqlPartition, MySqlOffsetContext> {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureTask.class);
  private static final String CONTEXT = "mysql-connector-task";
  private static final String NAME = "mysql";

  /** What Debezium checks by itself. */
  private static final Set<PreflightCheck> LOG_SETTINGS =
      EnumSet.of(PreflightCheck.BINLOG_FORMAT, PreflightCheck.ROW_IMAGE);

  private final CapturedDatabase database;
  private final Optional<CopyPlanning> copies;
  private final Set<PreflightCheck> skipped;
  private final Optional<MarkerPace> pace;
  private final AtomicReference<ReadPosition> read = new AtomicReference<>();
  private MySqlConnectorConfig config;
  private MySqlTaskContext taskContext;
  private ChangeEventQueue<DataChangeEvent> queue;
  private BinlogConnectorConnection connection;
  private BinlogConnectorConnection beansConnection;
  private ErrorHandler errorHandler;
  private MySqlDatabaseSchema schema;
  private boolean oneOfSeveral;
  private Optional<MarkerClock> clock = Optional.empty();

  /**
   * A task.
   *
   * @param copies plan the full copy, where it is not Debezium's
   * @param skipped what nobody wants to be checked
   * @param pace of markers, empty for none
   */
  CaptureTask(
      CapturedDatabase database,
      Optional<CopyPlanning> copies,
      Set<PreflightCheck> skipped,
      Optional<MarkerPace> pace) {
    this.database = Objects.requireNonNull(database, "database");
    this.copies = Objects.requireNonNull(copies, "copies");
    this.skipped = Set.copyOf(skipped);
    this.pace = Objects.requireNonNull(pace, "pace");
  }

  @Override
  public String version() {
    return PluginVersion.of(getClass());
  }

  @Override
  protected String connectorName() {
    return NAME;
  }

  @Override
  public CdcSourceTaskContext<? extends CommonConnectorConfig> preStart(Configuration options) {
    config = new MySqlConnectorConfig(options);
    taskContext = new MySqlTaskContext(options, config);
    return taskContext;
  }

  @Override
  public ChangeEventSourceCoordinator<MySqlPartition, MySqlOffsetContext> start(
      Configuration options) {
    Configuration settings = connectionSettings(options);
    MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections =
        new DefaultMainConnectionProvidingConnectionFactory<>(() -> connect(settings));
    connection = connections.mainConnection();
    Offsets<MySqlPartition, MySqlOffsetContext> offsets =
        getPreviousOffsets(
            new MySqlPartition.Provider(config, settings), new GapOffset.Loader(config));
    Optional<StartPosition> start = start(options, offsets);
    oneOfSeveral = ReconnectOptions.hasAddresses(options.asMap());
    requireNumbers(offsets.getTheOnlyOffset());

    registerServiceProviders(config.getServiceRegistry());
    MySqlValueConverters converters = converters();
    TopicNamingStrategy<TableId> topics = topicNames();
    schema = schema(converters, topics);
    registerBeans(settings, connections, converters, offsets);
    SnapshotterService snapshotters = service(SnapshotterService.class);
    recoverSchema(connections, snapshotters.getSnapshotter(), offsets);

    queue = queue();
    errorHandler = new MySqlErrorHandler(config, queue, null);
    BinlogEventMetadataProvider metadata = new BinlogEventMetadataProvider();
    SignalProcessor<MySqlPartition, MySqlOffsetContext> signals =
        new SignalProcessor<>(
            MySqlConnector.class,
            config,
            Map.of(),
            getAvailableSignalChannels(),
            DocumentReader.defaultReader(),
            offsets);
    ExactValues exact = exactValues();
    EchoFilter echoes = new EchoFilter(LoopOptions.ledgerDatabase(options.asMap()));
    CaptureDispatcher dispatcher =
        new CaptureDispatcher(
            config,
            topics,
            schema,
            queue,
            exact,
            echoes,
            metadata,
            heartbeat(settings),
            signals,
            service(DebeziumHeaderProducer.class));
    BinaryLogClient client = database.logClient(settings, config);
    MySqlStreamingChangeEventSourceMetrics metrics =
        new MySqlStreamingChangeEventSourceMetrics(
            taskContext, queue, metadata, schema::dataCollectionIds, client);
    ChangeEventSourceCoordinator<MySqlPartition, MySqlOffsetContext> coordinator =
        new ChangeEventSourceCoordinator<>(
            offsets,
            errorHandler,
            MySqlConnector.class,
            config,
            new CaptureSources(
                new CaptureParts(
                    database,
                    config,
                    connections,
                    errorHandler,
                    dispatcher,
                    Clock.system(),
                    schema,
                    taskContext,
                    metrics,
                    queue,
                    snapshotters,
                    client,
                    () -> database.logClient(settings, config),
                    copies,
                    start,
                    exact,
                    echoes,
                    read)),
            new MySqlChangeEventSourceMetricsFactory(metrics),
            dispatcher,
            schema,
            signals,
            new NotificationService<>(
                getNotificationChannels(),
                config,
                SchemaFactory.get(),
                dispatcher::enqueueNotification),
            snapshotters);
    clock = pace.map(each -> clock(each, settings, topics));
    coordinator.start(taskContext, queue, metadata);
    clock.ifPresent(MarkerClock::start);
    return coordinator;
  }

  private MarkerClock clock(
      MarkerPace of, Configuration settings, TopicNamingStrategy<TableId> names) {
    Set<String> others =
        Set.of(names.schemaChangeTopic(), names.transactionTopic(), names.heartbeatTopic());
    return new MarkerClock(
        of,
        read,
        () ->
            Stream.concat(others.stream(), schema.tableIds().stream().map(names::dataChangeTopic))
                .collect(Collectors.toSet()),
        place -> queue.enqueue(new DataChangeEvent(place)),
        database.isLogEndTold() ? Optional.of(() -> connect(settings)) : Optional.empty());
  }

  /** A file's position means nothing on another server. */
  private void requireNumbers(MySqlOffsetContext stored) {
    if (oneOfSeveral
        && (config.shouldIgnoreGtidOnRecovery()
            || !connection.isGtidModeEnabled()
            || (stored != null
                && !stored.isInitialSnapshotRunning()
                && stored.gtidSet() == null))) {
      throw new ConnectException(
          ReconnectOptions.ADDRESSES
              + " needs GTIDs, and "
              + where()
              + ", or the connector's offset, has none: set gtid_mode=ON on all servers, or remove"
              + " the option");
    }
  }

  private static Optional<StartPosition> start(
      Configuration options, Offsets<MySqlPartition, MySqlOffsetContext> offsets) {
    Optional<StartPosition> start = PositionOptions.start(options.asMap());
    MySqlOffsetContext stored = offsets.getTheOnlyOffset();
    if (start.isPresent() && stored != null && !stored.isInitialSnapshotRunning()) {
      LOG.info(
          "{} is not used, because there is an offset: {}",
          PositionOptions.START,
          stored.getOffset());
    }
    return start.filter(position -> !(position instanceof StartPosition.Latest));
  }

  private Configuration connectionSettings(Configuration options) {
    return options
        .edit()
        .withDefault("database.responseBuffering", "adaptive")
        .withDefault("database.fetchSize", 10_000)
        .withDefault("database.useCursorFetch", config.useCursorFetch())
        .build();
  }

  private BinlogConnectorConnection connect(Configuration settings) {
    return database.connect(settings, config);
  }

  private <T extends Service> T service(Class<T> type) {
    return config.getServiceRegistry().tryGetService(type);
  }

  private MySqlValueConverters converters() {
    return new MySqlValueConverters(
        config.getDecimalMode(),
        config.getTemporalPrecisionMode(),
        config.getBigIntUnsignedHandlingMode().asBigIntUnsignedMode(),
        config.binaryHandlingMode(),
        config.isTimeAdjustedEnabled() ? MySqlValueConverters::adjustTemporal : value -> value,
        config.getEventConvertingFailureHandlingMode(),
        config.getServiceRegistry());
  }

  private MySqlDatabaseSchema schema(
      MySqlValueConverters converters, TopicNamingStrategy<TableId> topics) {
    return new MySqlDatabaseSchema(
        config,
        converters,
        topics,
        config.schemaNameAdjuster(),
        connection.isTableIdCaseSensitive(),
        service(CustomConverterRegistry.class),
        taskContext);
  }

  @SuppressWarnings("unchecked") // tables are what MySQL's topics are named after
  private TopicNamingStrategy<TableId> topicNames() {
    return config.getTopicNamingStrategy(MySqlConnectorConfig.TOPIC_NAMING_STRATEGY);
  }

  private void registerBeans(
      Configuration settings,
      MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections,
      MySqlValueConverters converters,
      Offsets<MySqlPartition, MySqlOffsetContext> offsets) {
    beansConnection = connections.newConnection();
    BeanRegistry beans = config.getBeanRegistry();
    beans.add(StandardBeanNames.CONFIGURATION, settings);
    beans.add(StandardBeanNames.CONNECTOR_CONFIG, config);
    beans.add(StandardBeanNames.DATABASE_SCHEMA, schema);
    beans.add(StandardBeanNames.JDBC_CONNECTION, beansConnection);
    beans.add(StandardBeanNames.VALUE_CONVERTER, converters);
    beans.add(StandardBeanNames.OFFSETS, offsets);
    beans.add(StandardBeanNames.CDC_SOURCE_TASK_CONTEXT, taskContext);
  }

  private void recoverSchema(
      MainConnectionProvidingConnectionFactory<BinlogConnectorConnection> connections,
      Snapshotter snapshotter,
      Offsets<MySqlPartition, MySqlOffsetContext> offsets) {
    if (Collections.disjoint(skipped, LOG_SETTINGS)) {
      // The preflight has told it before; but the database may have been restarted since.
      validateBinlogConfiguration(snapshotter, connection);
    }
    if (validateSnapshotFeasibility(snapshotter, offsets.getTheOnlyOffset(), connection)) {
      offsets.resetOffset(offsets.getTheOnlyPartition());
    }
    try {
      if (config.getGuardrailCollectionsMax() > 0) {
        new GuardrailValidator(config, schema).validate(connection.getAllTableIds());
      }
      // Recovery can take longer than the server keeps an idle connection.
      connection.close();
      validateSchemaHistory(
          config,
          (partition, offset, config) ->
              !snapshotter.shouldStream() || requirePosition((MySqlOffsetContext) offset),
          offsets,
          schema,
          snapshotter);
      connection = connections.mainConnection();
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new DebeziumException("the database could not be asked for its tables", e);
    }
  }

  /** Debezium's own check says only that something is missing. */
  private boolean requirePosition(MySqlOffsetContext offset) {
    if (!connection.validateLogPosition(null, offset, config)) {
      String gtids = config.shouldIgnoreGtidOnRecovery() ? null : offset.gtidSet();
      if (gtids == null) {
        throw new PositionLostException(
            LogPosition.lostFile(
                offset.getSource().binlogFilename(), connection.availableBinlogFiles(), where()));
      }
      String known = connection.knownGtidSet().toString();
      String purged = connection.purgedGtidSet().toString();
      String message = LogPosition.lostTransactions(gtids, known, purged, where());
      if (oneOfSeveral && LogPosition.isBehind(gtids, known, purged)) {
        throw new ServerBehindException(message);
      }
      throw new PositionLostException(message);
    }
    return true;
  }

  private String where() {
    return config.getHostName() + ":" + config.getPort();
  }

  private ChangeEventQueue<DataChangeEvent> queue() {
    return new ChangeEventQueue.Builder<DataChangeEvent>()
        .pollInterval(config.getPollInterval())
        .maxBatchSize(config.getMaxBatchSize())
        .maxQueueSize(config.getMaxQueueSize())
        .maxQueueSizeInBytes(config.getMaxQueueSizeInBytes())
        .queueProvider(service(QueueProviderService.class).getQueueProvider())
        .loggingContextSupplier(() -> taskContext.configureLoggingContext(CONTEXT))
        .buffering()
        .build();
  }

  private ExactValues exactValues() {
    ColumnMappers mappers = ColumnMappers.create(config);
    CustomConverterRegistry converters = service(CustomConverterRegistry.class);
    return new ExactValues(
        table ->
            ExactTable.of(
                table,
                column ->
                    keepsValues(mappers.mapperFor(table.id(), column))
                        && converters.getValueConverter(table.id(), column).isEmpty(),
                config.getFieldNamer()::fieldNameFor));
  }

  /** Whether a column is neither masked nor cut: Debezium applies the first mapper that fits. */
  private static boolean keepsValues(ColumnMapper mapper) {
    return mapper == null || mapper instanceof PropagateSourceMetadataToSchemaParameter;
  }

  private ScheduledHeartbeat heartbeat(Configuration settings) {
    return new HeartbeatFactory<>()
        .getScheduledHeartbeat(
            config, () -> connect(settings), new BinlogHeartbeatErrorHandler(), queue);
  }

  @Override
  public List<SourceRecord> doPoll() throws InterruptedException {
    clock.ifPresent(MarkerClock::requireAlive);
    return pollRecords(queue);
  }

  @Override
  protected Optional<ErrorHandler> getErrorHandler() {
    return Optional.ofNullable(errorHandler);
  }

  @Override
  protected void doStop() {
    clock.ifPresent(MarkerClock::stop);
    close(connection);
    close(beansConnection);
    if (schema != null) {
      schema.close();
    }
    if (queue != null) {
      queue.close();
    }
  }

  private static void close(BinlogConnectorConnection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.warn("Closing a connection to the database failed", e);
    }
  }

  @Override
  protected Iterable<Field> getAllConfigurationFields() {
    return MySqlConnectorConfig.ALL_FIELDS;
  }
}
