package io.obconnect.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for OceanBase's Binlog Service and the proxy (ODP) that clients reach it through: a
 * server of MySQL's protocol on the loopback interface. What concerns the log it answers itself, in
 * the service's shape, everything else is passed on to the OceanBase server, the login included.
 * The log holds what that server has really committed, in the order of its commits, from the moment
 * on when a database is captured; schema changes only if they are made by {@link #change}.
 *
 * <p>Users log in as {@code user@tenant#cluster}. The log lives in memory, as long as this object.
 * All methods may be called from any thread; a failure to read the server's changes is thrown by
 * {@link #position}.
 */
public final class BinlogService implements AutoCloseable {
  private static final int PAUSE_MILLIS = 20;

  private final OceanBaseServer server;
  private final ServerSocket listener;
  private final BinlogLog log = new BinlogLog();
  private final Set<String> captured = new HashSet<>();
  private final Set<BinlogSession> sessions = new HashSet<>();
  private final Set<BinlogQuirk> quirks = EnumSet.of(BinlogQuirk.ROW_BY_ROW);
  private ChangeTable changes;
  private BinlogLog.Status frozen;
  private boolean paused;
  private long rowsLeft = Long.MAX_VALUE;
  private Exception failure;
  private boolean closed;

  private BinlogService(OceanBaseServer server) {
    this.server = server;
    try {
      this.changes = new ChangeTable(server.connect());
      this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (SQLException e) {
      throw new LocalStackException("the table of changes cannot be created", e);
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback interface", e);
    }
  }

  /** A service before a running server. */
  public static BinlogService before(OceanBaseServer server) {
    BinlogService service = new BinlogService(Objects.requireNonNull(server, "server"));
    daemon("accept", service::accept);
    daemon("read", service::readChanges);
    return service;
  }

  /** Where clients connect to. */
  public HostPort address() {
    return new HostPort(SqlEndpoint.LOOPBACK, listener.getLocalPort());
  }

  /**
   * Writes into the log what is committed to the tables of a database from now on.
   *
   * @throws LocalStackException when a column has a type that the stand-in does not know
   */
  public synchronized void capture(String database) throws SQLException {
    changes.capture(database);
    captured.add(database);
  }

  /**
   * Carries out schema changes, which the log gets in their place. Nobody else may write to the
   * tables that they change at that time.
   */
  public synchronized void change(String database, String... statements) throws SQLException {
    for (String sql : statements) {
      changes.change(database, sql);
    }
  }

  /** Switches a quirk, for what is written or sent from now on. */
  public synchronized BinlogService set(BinlogQuirk quirk, boolean on) {
    if (on) {
      quirks.add(quirk);
    } else {
      quirks.remove(quirk);
    }
    if (quirk == BinlogQuirk.LAGGING_STATUS) {
      frozen = on ? log.status() : null;
    }
    return this;
  }

  /**
   * The GTIDs of the log.
   *
   * @throws LocalStackException when the server's changes could not be read
   */
  public synchronized String position() {
    if (failure != null) {
      throw new LocalStackException("the server's changes could not be read", failure);
    }
    return log.status().gtids();
  }

  /** Lets the log lag behind the server, or catch up. */
  public synchronized void pause(boolean on) {
    paused = on;
    notifyAll();
  }

  /** Goes on in a new file. */
  public void rotate() {
    log.rotate();
  }

  /** Deletes all files but the current one. */
  public void purge() {
    log.purge();
  }

  /** Begins a new log under another server's uuid, and ends all connections. */
  public void renew() {
    log.renew();
    disconnect();
  }

  /** Ends all connections, those for SQL as well. */
  public void disconnect() {
    List<BinlogSession> all;
    synchronized (this) {
      all = List.copyOf(sessions);
    }
    all.forEach(BinlogSession::close);
  }

  /** Sends so many more row events, over all connections together; what follows waits. */
  public synchronized void holdAfterRows(long rows) {
    rowsLeft = rows;
  }

  /** Ends {@link #holdAfterRows}. */
  public synchronized void release() {
    rowsLeft = Long.MAX_VALUE;
    notifyAll();
  }

  BinlogLog log() {
    return log;
  }

  HostPort target() {
    return new HostPort(server.host(), server.port());
  }

  synchronized boolean has(BinlogQuirk quirk) {
    return quirks.contains(quirk);
  }

  /** What SHOW MASTER STATUS tells. */
  synchronized BinlogLog.Status status() {
    return frozen == null ? log.status() : frozen;
  }

  /** Whether an event may be sent now. */
  synchronized boolean admits(BinlogEvent event) {
    if (rowsLeft <= 0) {
      return false;
    }
    if (event.isRows()) {
      rowsLeft--;
    }
    return true;
  }

  /** Waits for a bounded time until an event may be sent. */
  synchronized boolean awaitAdmission(BinlogEvent event, Duration time)
      throws InterruptedException {
    long endNanos = System.nanoTime() + time.toNanos();
    while (rowsLeft <= 0 && !closed) {
      long left = endNanos - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return admits(event);
  }

  synchronized void ended(BinlogSession session) {
    sessions.remove(session);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        BinlogSession session = new BinlogSession(this, client);
        synchronized (this) {
          sessions.add(session);
        }
        daemon("session", session::run);
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException("the Binlog Service cannot accept connections", e);
      }
    }
  }

  private void readChanges() {
    try {
      while (readOnce()) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (SQLException | RuntimeException e) {
      synchronized (this) {
        failure = closed ? null : e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean readOnce() throws SQLException {
    if (!closed && !paused) {
      for (ChangeTable.Commit commit : changes.take()) {
        CommitEvents.of(commit, quirks).forEach(events -> log.append(commit.scn(), events));
      }
    }
    return !closed;
  }

  /** Ends all connections, stops listening and takes the triggers away. */
  @Override
  public void close() throws IOException, SQLException {
    synchronized (this) {
      closed = true;
      notifyAll();
      changes.close();
    }
    listener.close();
    disconnect();
  }

  static Thread daemon(String role, Runnable work) {
    Thread thread = new Thread(work, "binlog-service-" + role);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
