package io.obconnect.stack;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Real engines as processes of this machine, each started when it is first asked for. {@link
 * #close()} ends them in reverse order; when this JVM ends without it, they are killed. Safe for
 * use by several threads; a second asker waits until the engine has started.
 */
public final class LocalStack implements AutoCloseable {
  private static final int PROBE_TIMEOUT_MILLIS = 5_000;

  private final LocalStackOptions options;
  private final ProcessSpawner spawner;
  private final EngineCache cache;
  private final KafkaHome kafkaHome;
  private final PluginFolder plugins;
  private final Thread shutdownHook;
  private final Deque<Engine> started = new ArrayDeque<>();
  private final Deque<Lifecycle> lifecycles = new ArrayDeque<>();
  private MySqlServer mysql;
  private OceanBaseServer oceanbase;
  private PostgresServer postgres;
  private KafkaBroker kafka;
  private ConnectWorker connect;
  private Path pluginPath;
  private int instances;
  private boolean closed;

  /** A stack with {@link LocalStackOptions#defaults()}; starts nothing yet. */
  public LocalStack() {
    this(LocalStackOptions.defaults());
  }

  /** A stack; starts nothing yet. */
  public LocalStack(LocalStackOptions options) {
    this.options = options;
    this.spawner = new ProcessSpawner(options.detached());
    this.cache = new EngineCache(options.cacheDir(), options.progress());
    this.kafkaHome = new KafkaHome(options.projectRoot());
    this.plugins =
        new PluginFolder(
            options.projectRoot(), options.baseDir().resolve("plugins"), options.morePlugins());
    this.shutdownHook = new Thread(this::abandon, "local-stack-shutdown");
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  /** The stack's MySQL, started by the first call. */
  public synchronized MySqlServer mysql() {
    if (mysql == null) {
      mysql = options.external().mysql().map(this::externalMySql).orElseGet(this::newMySql);
    }
    return mysql;
  }

  /** The stack's OceanBase, started by the first call. */
  public synchronized OceanBaseServer oceanbase() {
    if (oceanbase == null) {
      oceanbase =
          options.external().oceanbase().map(this::externalOceanBase).orElseGet(this::newOceanBase);
    }
    return oceanbase;
  }

  /** The stack's PostgreSQL, always an own one, started by the first call. */
  public synchronized PostgresServer postgres() {
    if (postgres == null) {
      postgres = newPostgres();
    }
    return postgres;
  }

  /** The stack's Kafka broker, started by the first call. */
  public synchronized KafkaBroker kafka() {
    if (kafka == null) {
      kafka = options.external().kafka().map(LocalStack::externalKafka).orElseGet(this::newKafka);
    }
    return kafka;
  }

  /** The stack's Kafka Connect worker, started by the first call, together with the broker. */
  public synchronized ConnectWorker connect() {
    if (connect == null) {
      connect =
          options.external().connect().map(LocalStack::externalConnect).orElseGet(this::newConnect);
    }
    return connect;
  }

  /** A further MySQL, already started; closed with the stack at the latest. */
  public synchronized MySqlServer newMySql() {
    String name = nextName("mysql");
    String user = "app";
    String password = Passwords.random();
    Supplier<MySqlBinaries> binaries = () -> MySqlBinaries.find(cache, spawner);
    MySqlRecipe recipe =
        new MySqlRecipe(
            folder(name),
            instances,
            user,
            password,
            binaries,
            () -> binaries.get().template(cache, spawner));
    return started(
        new MySqlServer(
            own(name, recipe), SqlEndpoint.LOOPBACK, user, password, this::mysqlClient));
  }

  /** A further OceanBase, already started; closed with the stack at the latest. */
  public synchronized OceanBaseServer newOceanBase() {
    String name = nextName("oceanbase");
    String password = Passwords.random();
    OceanBaseRecipe recipe =
        new OceanBaseRecipe(
            folder(name),
            password,
            options.oceanbaseParameters(),
            () -> SeekdbBinaries.find(cache, spawner));
    return started(
        new OceanBaseServer(
            own(name, recipe),
            SqlEndpoint.LOOPBACK,
            OceanBaseRecipe.ROOT,
            password,
            OceanBaseRecipe.LOOPBACK_USER));
  }

  /** A further PostgreSQL, already started; closed with the stack at the latest. */
  public synchronized PostgresServer newPostgres() {
    String name = nextName("postgres");
    String user = "app";
    String password = Passwords.random();
    PostgresRecipe recipe =
        new PostgresRecipe(
            folder(name), user, password, () -> PostgresBinaries.find(cache, spawner), spawner);
    return started(new PostgresServer(own(name, recipe), SqlEndpoint.LOOPBACK, user, password));
  }

  /**
   * A further Kafka Connect worker in the group of {@link #connect()}, already started; closed with
   * the stack at the latest. Work is shared out anew as soon as a worker joins, and six seconds
   * after one was killed.
   *
   * @throws LocalStackException when the stack's worker is an external one, whose group is unknown
   */
  public synchronized ConnectWorker newConnect() {
    if (options.external().connect().isPresent()) {
      throw new LocalStackException(
          "no worker can be added to the external Kafka Connect " + connect().uri());
    }
    String bootstrapServers = kafka().bootstrapServers();
    requirePlugin("debezium-connector-mysql");
    String name = nextName("connect");
    ConnectRecipe recipe =
        new ConnectRecipe(
            folder(name), "local-stack", kafkaHome, () -> bootstrapServers, this::pluginPath);
    Lifecycle lifecycle = own(name, recipe);
    return started(new ConnectWorker(lifecycle, () -> ConnectRecipe.uri(lifecycle.ports().get(0))));
  }

  /**
   * The folder with Kafka Connect's plugins: Debezium and every plugin archive that the project's
   * build has left. Archives built after the first call are not seen.
   */
  public synchronized Path pluginPath() {
    if (pluginPath == null) {
      pluginPath = plugins.install();
    }
    return pluginPath;
  }

  /**
   * The folder of an installed plugin.
   *
   * @param module the Maven module that builds it, part of the folder's name
   * @throws LocalStackException when it is missing; names the command that builds it
   */
  public synchronized Path requirePlugin(String module) {
    pluginPath();
    return plugins.require(module);
  }

  /** Ends every engine of this stack, the last one first, and removes their data and logs. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    RuntimeException failure = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    release();
    if (failure != null) {
      throw failure;
    }
  }

  /** Lets detached engines run on; this object is of no use afterwards. */
  synchronized void detach() {
    closed = true;
    removeShutdownHook();
    spawner.close();
  }

  /** The processes and folders of all own engines, in the order of their start. */
  synchronized List<Lifecycle> ownEngines() {
    return List.copyOf(lifecycles);
  }

  private void release() {
    removeShutdownHook();
    spawner.close();
    if (!options.keepData()) {
      FileTree.delete(options.baseDir());
    }
  }

  private void removeShutdownHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The JVM is going down already; the hook then finds nothing left to do.
      options.progress().accept("interrupted: every engine that was started has been ended");
    }
  }

  /** Must not wait for this object's lock: its holder may be waiting for an engine to start. */
  private void abandon() {
    spawner.killAll();
    if (!options.keepData()) {
      FileTree.delete(options.baseDir());
    }
  }

  /**
   * How mydumper or myloader is run: the machine's own, or Debian's, fetched by the first call.
   *
   * @param tool {@code mydumper} or {@code myloader}
   * @throws LocalStackException when it is not there and cannot be fetched
   */
  public ClientProgram mydumper(String tool) {
    return MydumperBinaries.find(cache, spawner, tool);
  }

  private List<String> mysqlClient(String tool) {
    return MySqlBinaries.find(cache, spawner).client(tool);
  }

  private KafkaBroker newKafka() {
    String name = nextName("kafka");
    Lifecycle lifecycle = own(name, new KafkaRecipe(folder(name), kafkaHome, spawner));
    return started(new KafkaBroker(lifecycle, SqlEndpoint.LOOPBACK));
  }

  private static KafkaBroker externalKafka(HostPort address) {
    Lifecycle lifecycle =
        new ExternalLifecycle(
            "kafka",
            List.of(address.port()),
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(
                    new InetSocketAddress(address.host(), address.port()), PROBE_TIMEOUT_MILLIS);
              }
            });
    return new KafkaBroker(lifecycle, address.host());
  }

  private MySqlServer externalMySql(ExternalEngines.ExternalSql address) {
    return new MySqlServer(
        external("mysql", address),
        address.address().host(),
        address.user(),
        address.password(),
        this::mysqlClient);
  }

  private OceanBaseServer externalOceanBase(ExternalEngines.ExternalSql address) {
    return new OceanBaseServer(
        external("oceanbase", address),
        address.address().host(),
        address.user(),
        address.password(),
        address.user());
  }

  private static Lifecycle external(String name, ExternalEngines.ExternalSql address) {
    SqlEndpoint endpoint =
        new SqlEndpoint(
            SqlProtocol.MYSQL,
            address.address().host(),
            address.address().port(),
            address.user(),
            address.password());
    return new ExternalLifecycle(name, List.of(address.address().port()), endpoint::probe);
  }

  private static ConnectWorker externalConnect(URI uri) {
    return new ConnectWorker(
        new ExternalLifecycle("connect", List.of(uri.getPort()), () -> ConnectRecipe.probe(uri)),
        () -> uri);
  }

  private Lifecycle own(String name, Recipe recipe) {
    Lifecycle lifecycle =
        new OwnedLifecycle(name, folder(name), recipe, spawner, options.keepData());
    lifecycles.addLast(lifecycle);
    return lifecycle;
  }

  private <E extends Engine> E started(E engine) {
    engine.start();
    started.push(engine);
    return engine;
  }

  private String nextName(String kind) {
    if (closed) {
      throw new LocalStackException("this stack is closed: " + kind + " cannot be started");
    }
    instances++;
    return kind + "-" + instances;
  }

  private Path folder(String name) {
    return options.baseDir().resolve(name);
  }
}
