package io.obconnect.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/**
 * One client's connection through a {@link FaultProxy}. An input or output failure on one side ends
 * it on both, which is how it is reported: there is nobody else to tell.
 */
final class ProxiedConnection {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int BUFFER_BYTES = 16 * 1024;

  private final FaultProxy proxy;
  private final Socket client;
  private final Socket engine = new Socket();
  private final HostPort target;

  ProxiedConnection(FaultProxy proxy, Socket client, HostPort target) {
    this.proxy = proxy;
    this.client = client;
    this.target = target;
  }

  /** Forwards until both sides have ended; the caller's thread carries the requests. */
  void run() {
    try {
      proxy.awaitFlow();
      engine.connect(new InetSocketAddress(target.host(), target.port()), CONNECT_TIMEOUT_MILLIS);
      client.setTcpNoDelay(true);
      engine.setTcpNoDelay(true);
      Thread answers = FaultProxy.daemon("answers", this::forwardAnswers);
      forwardRequests();
      answers.join();
      client.close();
      engine.close();
    } catch (IOException e) {
      reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reset();
    } finally {
      proxy.ended(this);
    }
  }

  /** Ends it with a TCP reset on both sides. */
  void reset() {
    reset(client);
    reset(engine);
  }

  private void forwardRequests() throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream in = client.getInputStream();
    OutputStream out = engine.getOutputStream();
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      proxy.awaitFlow();
      proxy.request(this, buffer, length);
      out.write(buffer, 0, length);
    }
    proxy.awaitFlow();
    engine.shutdownOutput();
  }

  private void forwardAnswers() {
    Duration delay = proxy.answerDelay();
    try {
      if (delay.isZero()) {
        forwardAnswers(engine.getInputStream());
      } else {
        try (InputStream in = new DelayedInput(engine.getInputStream(), delay)) {
          forwardAnswers(in);
        }
      }
    } catch (IOException e) {
      reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reset();
    }
  }

  private void forwardAnswers(InputStream in) throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    OutputStream out = client.getOutputStream();
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      proxy.awaitFlow();
      int allowed = proxy.allowed(this, length);
      out.write(buffer, 0, allowed);
      if (allowed < length) {
        reset();
        return;
      }
    }
    proxy.awaitFlow();
    client.shutdownOutput();
  }

  private static void reset(Socket socket) {
    try (socket) {
      // Closing then sends RST and throws away what has not been sent.
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // It has ended already: there is nothing left to reset.
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reset a connection", e);
    }
  }
}
