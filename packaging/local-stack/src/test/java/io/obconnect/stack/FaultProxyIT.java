package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real server of one connection at a time stands behind the proxy, or a real engine. */
@ExtendWith(LocalStackExtension.class)
class FaultProxyIT {
  private static final int READ_TIMEOUT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 200;
  private static final Duration DELAY = Duration.ofMillis(100);

  private ServerSocket server;
  private FaultProxy proxy;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy = new FaultProxy(new HostPort(SqlEndpoint.LOOPBACK, server.getLocalPort()));
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void allBytesPassInBothDirectionsAndEachEndIsPassedOnAlone() throws Exception {
    try (Socket client = client();
        Socket engine = accept()) {
      byte[] sent = new byte[1_000_000];
      new Random(1).nextBytes(sent);
      Thread writer = FaultProxy.daemon("test", () -> send(client, sent));
      assertArrayEquals(sent, engine.getInputStream().readNBytes(sent.length));
      writer.join();
      client.shutdownOutput();
      assertEquals(-1, engine.getInputStream().read());
      send(engine, "still answers");
      engine.shutdownOutput();
      assertEquals("still answers", rest(client));
    }
  }

  @Test
  void severedConnectionIsResetOnBothSidesAndTheNextOneWorks() throws Exception {
    try (Socket client = client();
        Socket engine = accept()) {
      roundTrip(client, engine);
      proxy.sever();
      assertReset(client);
      assertReset(engine);
    }
    try (Socket client = client();
        Socket engine = accept()) {
      roundTrip(client, engine);
    }
  }

  @Test
  void refusedClientNeverReachesTheEngineAndTheOldOneGoesOn() throws Exception {
    try (Socket old = client();
        Socket engine = accept()) {
      roundTrip(old, engine);
      proxy.refuse();
      try (Socket refused = client()) {
        assertReset(refused);
      }
      roundTrip(old, engine);
      proxy.heal();
      try (Socket client = client();
          Socket next = accept()) {
        roundTrip(client, next);
      }
    }
  }

  @Test
  void stalledBytesArriveAfterHealingAndNotBefore() throws Exception {
    try (Socket client = client();
        Socket engine = accept()) {
      roundTrip(client, engine);
      proxy.stall();
      send(client, "request");
      send(engine, "answer");
      assertSilent(client);
      assertSilent(engine);
      try (Socket late = client()) {
        send(late, "late");
        assertSilent(late);
        proxy.heal();
        assertEquals("request", receive(engine, 7));
        assertEquals("answer", receive(client, 6));
        try (Socket lateEngine = accept()) {
          assertEquals("late", receive(lateEngine, 4));
        }
      }
    }
  }

  @Test
  void stalledConnectionCanBeSevered() throws Exception {
    try (Socket client = client();
        Socket engine = accept()) {
      roundTrip(client, engine);
      proxy.stall();
      send(client, "lost");
      proxy.sever();
      assertReset(client);
      assertReset(engine);
    }
  }

  @Test
  void cutFallsAfterThatManyBytesOnce() throws Exception {
    try (Socket client = client();
        Socket engine = accept()) {
      roundTrip(client, engine);
      proxy.cutAfter(3);
      assertTrue(proxy.awaitsCut());
      send(engine, "answer");
      assertEquals("ans", receive(client, 3));
      assertReset(client);
      assertReset(engine);
      assertFalse(proxy.awaitsCut());
    }
    try (Socket client = client();
        Socket engine = accept()) {
      roundTrip(client, engine);
    }
  }

  /** 4 MB are 250 pieces: were each held back by itself, they would take 25 s. */
  @Test
  void delayedAnswerArrivesLaterAndNoSlower() throws Exception {
    proxy.delayAnswers(DELAY);
    try (Socket client = client();
        Socket engine = accept()) {
      long begunNanos = System.nanoTime();
      roundTrip(client, engine);
      assertTrue(since(begunNanos).compareTo(DELAY) >= 0);
      byte[] sent = new byte[4_000_000];
      new Random(2).nextBytes(sent);
      Thread writer =
          FaultProxy.daemon(
              "test",
              () -> {
                send(engine, sent);
                shutdownOutput(engine);
              });
      begunNanos = System.nanoTime();
      assertArrayEquals(sent, client.getInputStream().readNBytes(sent.length));
      assertTrue(since(begunNanos).compareTo(DELAY.multipliedBy(20)) < 0);
      assertEquals(-1, client.getInputStream().read());
      writer.join();
      send(client, "still asks");
      assertEquals("still asks", receive(engine, 10));
    }
  }

  @Test
  void delayedConnectionCanBeSevered() throws Exception {
    proxy.delayAnswers(DELAY);
    try (Socket client = client();
        Socket engine = accept()) {
      roundTrip(client, engine);
      proxy.sever();
      assertReset(client);
      assertReset(engine);
    }
  }

  @Test
  void clientOfAMissingEngineIsReset() throws Exception {
    server.close();
    try (Socket client = client()) {
      assertReset(client);
    }
  }

  @Test
  void closedProxyLeavesNoConnection() throws Exception {
    try (Socket client = client();
        Socket engine = accept()) {
      roundTrip(client, engine);
      proxy.close();
      assertReset(client);
      assertReset(engine);
      assertThrows(IOException.class, this::client);
    }
  }

  @Test
  void commitWhoseAnswerIsLostIsCommitted(OceanBaseServer oceanbase) throws Exception {
    try (FaultProxy before = FaultProxy.before(oceanbase);
        Connection direct = oceanbase.connect();
        Statement check = direct.createStatement()) {
      check.execute("CREATE DATABASE IF NOT EXISTS proxied");
      check.execute("CREATE TABLE IF NOT EXISTS proxied.t (id INT PRIMARY KEY)");
      check.execute("DELETE FROM proxied.t");
      HostPort address = before.address();
      SqlEndpoint endpoint =
          new SqlEndpoint(
              SqlProtocol.MYSQL,
              address.host(),
              address.port(),
              oceanbase.user(),
              oceanbase.password());
      try (Connection connection = endpoint.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("INSERT INTO proxied.t VALUES (1)");
        before.loseAnswerTo("COMMIT");
        assertThrows(SQLException.class, connection::commit);
        assertFalse(before.awaitsCut());
      }
      try (ResultSet rows = check.executeQuery("SELECT COUNT(*) FROM proxied.t")) {
        assertTrue(rows.next());
        assertEquals(1, rows.getInt(1));
      }
    }
  }

  private Socket client() throws IOException {
    return timed(new Socket(proxy.address().host(), proxy.address().port()));
  }

  private Socket accept() throws IOException {
    return timed(server.accept());
  }

  private static Socket timed(Socket socket) throws IOException {
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    return socket;
  }

  private static void roundTrip(Socket client, Socket engine) throws IOException {
    send(client, "ping");
    assertEquals("ping", receive(engine, 4));
    send(engine, "pong");
    assertEquals("pong", receive(client, 4));
  }

  private static void send(Socket socket, String text) {
    send(socket, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void send(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send", e);
    }
  }

  private static void shutdownOutput(Socket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end", e);
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static String receive(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private static void assertReset(Socket socket) {
    SocketException reset =
        assertThrows(SocketException.class, () -> socket.getInputStream().read());
    assertTrue(reset.getMessage().contains("reset"), reset.getMessage());
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
  }
}
