package io.obconnect.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A TCP proxy on the loopback interface before an engine, for connections that fail on command:
 * clients are given {@link #address()} in place of the engine's. It forwards everything until told
 * otherwise; {@link #stall()} and {@link #refuse()} end one another. Its address stays the same
 * while the engine is killed and started again. All methods return at once and may be called from
 * any thread; {@link #close()} resets what is still connected.
 */
public final class FaultProxy implements AutoCloseable {
  private static final Duration LAST_ACCEPT = Duration.ofSeconds(5);

  private final HostPort target;
  private final Thread acceptor;
  private final ServerSocket listener;
  private final Set<ProxiedConnection> connections = new HashSet<>();
  private Mode mode = Mode.FORWARD;
  private Duration delay = Duration.ZERO;
  private AnswerCut cut = AnswerCut.NEVER;
  private boolean closed;

  private enum Mode {
    FORWARD,
    STALL,
    REFUSE
  }

  /** A proxy before whatever listens on an address; it need not listen yet. */
  public FaultProxy(HostPort target) {
    this.target = Objects.requireNonNull(target, "target");
    try {
      this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback interface", e);
    }
    this.acceptor = daemon("accept", this::accept);
  }

  /** A proxy before an engine of the stack. */
  public static FaultProxy before(SqlEngine engine) {
    return new FaultProxy(new HostPort(engine.host(), engine.port()));
  }

  /** Where clients connect to in place of the engine. */
  public HostPort address() {
    return new HostPort(SqlEndpoint.LOOPBACK, listener.getLocalPort());
  }

  /**
   * Resets every connection (TCP RST), towards the client and towards the engine. New ones are
   * forwarded.
   */
  public void sever() {
    List<ProxiedConnection> all;
    synchronized (this) {
      all = List.copyOf(connections);
    }
    all.forEach(ProxiedConnection::reset);
  }

  /**
   * Resets every new connection as soon as it is accepted, until {@link #heal()}. Existing ones are
   * left alone: {@code refuse()} and then {@code sever()} is what an engine looks like that has
   * gone.
   */
  public void refuse() {
    enter(Mode.REFUSE);
  }

  /**
   * Holds back in both directions whatever is sent after this call, until {@link #heal()}, as a
   * network does that loses every packet. Connections stay open, and new ones are accepted.
   */
  public void stall() {
    enter(Mode.STALL);
  }

  /** Ends {@link #refuse()} and {@link #stall()}: what was held back is delivered. */
  public void heal() {
    enter(Mode.FORWARD);
  }

  /**
   * Lets every byte of an answer arrive so much later, as a distant engine's do, without making
   * answers slower in bytes per second. For connections that are made after this call.
   *
   * @param time added to each round trip; zero ends it
   */
  public synchronized FaultProxy delayAnswers(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("answers cannot arrive earlier: " + time);
    }
    delay = time;
    return this;
  }

  /**
   * Forwards so many more bytes towards clients, over all connections together, and resets the
   * connection that would carry the next one; once only. In place of an earlier cut.
   *
   * @param bytes 0 or more
   */
  public synchronized void cutAfter(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("cannot cut after " + bytes + " bytes");
    }
    cut = AnswerCut.after(bytes);
  }

  /**
   * Forwards requests as ever, but resets the connection in place of the first answer to one that
   * contains a text; once only. The engine has carried the request out, and the client cannot know.
   * In place of an earlier cut.
   *
   * @param request as it is sent, unencrypted, such as {@code COMMIT}; ASCII, not empty
   */
  public synchronized void loseAnswerTo(String request) {
    if (!request.matches("\\p{ASCII}+")) {
      throw new IllegalArgumentException("only a text in ASCII can be looked for");
    }
    cut = AnswerCut.to(request);
  }

  /** Whether a cut was asked for that has not happened yet. */
  public synchronized boolean awaitsCut() {
    return cut != AnswerCut.NEVER;
  }

  /** Resets every connection and stops listening. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the proxy at " + address(), e);
    } finally {
      sever();
    }
    awaitLastAccept();
  }

  /** The port takes connections for as long as somebody waits for one, also when it is closed. */
  private void awaitLastAccept() {
    try {
      if (Thread.currentThread() != acceptor) {
        acceptor.join(LAST_ACCEPT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How much later answers are to arrive. */
  synchronized Duration answerDelay() {
    return delay;
  }

  /** Waits while the proxy stalls. */
  synchronized void awaitFlow() throws InterruptedException {
    while (mode == Mode.STALL && !closed) {
      wait();
    }
  }

  /** Must be told before the bytes are forwarded: the answer may be quick. */
  synchronized void request(ProxiedConnection connection, byte[] buffer, int length) {
    if (awaitsCut()) {
      cut.request(connection, new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
    }
  }

  /** How many bytes of an answer may pass; when it is not all of them, the connection is to end. */
  synchronized int allowed(ProxiedConnection connection, int length) {
    int allowed = cut.allowed(connection, length);
    if (allowed < length) {
      cut = AnswerCut.NEVER;
    }
    return allowed;
  }

  synchronized void ended(ProxiedConnection connection) {
    connections.remove(connection);
  }

  private synchronized void enter(Mode next) {
    mode = next;
    notifyAll();
  }

  private void accept() {
    try {
      while (true) {
        admit(new ProxiedConnection(this, listener.accept(), target));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        // Nobody accepts any more: let clients be refused instead of waiting for ever.
        close();
        throw new UncheckedIOException("the proxy at " + address() + " cannot accept", e);
      }
    }
  }

  private void admit(ProxiedConnection connection) {
    synchronized (this) {
      if (!closed && mode != Mode.REFUSE) {
        connections.add(connection);
        daemon("requests", connection::run);
        return;
      }
    }
    connection.reset();
  }

  static Thread daemon(String role, Runnable work) {
    Thread thread = new Thread(work, "fault-proxy-" + role);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
