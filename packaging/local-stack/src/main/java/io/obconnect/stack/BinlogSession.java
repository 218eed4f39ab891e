package io.obconnect.stack;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client's connection to the {@link BinlogService}, with one to the server behind it. */
final class BinlogSession {
  private static final int COM_QUIT = 0x01;
  private static final int COM_QUERY = 0x03;
  private static final int COM_BINLOG_DUMP = 0x12;
  private static final int COM_REGISTER_SLAVE = 0x15;
  private static final int COM_BINLOG_DUMP_GTID = 0x1e;

  // What would hide statements from this class, or give answers another form.
  private static final int COMPRESS = 1 << 5;
  private static final int TLS = 1 << 11;
  private static final int OTHER_FORMS = (1 << 23) | (1 << 24) | (1 << 25) | (1 << 27);

  private static final int FIXED_LOGIN = 32;
  private static final int BEFORE_CAPABILITIES = 13;
  private static final int BETWEEN_CAPABILITIES = 3;

  private static final int DUMP_ENDED = 1236;
  private static final String GENERAL_ERROR = "HY000";
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long HEARTBEAT_MILLIS = 100;

  private static final Pattern SET =
      Pattern.compile("set @(master_binlog_checksum|master_heartbeat_period|slave_uuid) ?= ?(.*)");

  private final BinlogService service;
  private final Socket clientSocket;
  private final Socket serverSocket = new Socket();
  private String checksum;
  private Duration heartbeat = Duration.ofMillis(HEARTBEAT_MILLIS);

  BinlogSession(BinlogService service, Socket clientSocket) {
    this.service = service;
    this.clientSocket = clientSocket;
  }

  /** Until one side ends it. */
  void run() {
    try {
      serverSocket.connect(new InetSocketAddress(service.target().host(), service.target().port()));
      MySqlPackets client = new MySqlPackets(clientSocket);
      MySqlPackets server = new MySqlPackets(serverSocket);
      if (login(client, server)) {
        BinlogService.daemon("answers", () -> forwardAnswers(client, server));
        serve(client, server);
      }
    } catch (EOFException | SocketException e) {
      // How connections end.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
      service.ended(this);
    }
  }

  /** Lets client and server agree on what this class understands, and the server know the user. */
  private static boolean login(MySqlPackets client, MySqlPackets server) throws IOException {
    byte[] greeting = server.read();
    client.forward(withoutCapabilities(greeting), server.lastRead());
    byte[] login = client.read();
    server.forward(withoutTenant(login), client.lastRead());
    while (true) {
      byte[] answer = server.read();
      client.forward(answer, server.lastRead());
      int kind = answer[0] & 0xff;
      if (kind == MySqlPackets.OK || kind == MySqlPackets.ERROR) {
        return kind == MySqlPackets.OK;
      }
      byte[] proof = client.read();
      server.forward(proof, client.lastRead());
    }
  }

  private static byte[] withoutCapabilities(byte[] greeting) {
    byte[] changed = greeting.clone();
    ByteReader reader = new ByteReader(greeting);
    reader.number(1);
    reader.zeroTerminated();
    int low = reader.position() + BEFORE_CAPABILITIES;
    int high = low + 2 + BETWEEN_CAPABILITIES;
    int removed = COMPRESS | TLS | OTHER_FORMS;
    for (int i = 0; i < 2; i++) {
      changed[low + i] &= (byte) ~(removed >>> (8 * i));
      changed[high + i] &= (byte) ~(removed >>> (16 + 8 * i));
    }
    return changed;
  }

  private static byte[] withoutTenant(byte[] login) {
    ByteReader reader = new ByteReader(login);
    byte[] fixed = reader.raw(FIXED_LOGIN);
    String user = reader.zeroTerminated().replaceFirst("@.*", "");
    return new ByteWriter().raw(fixed).text(user).zeros(1).raw(reader.rest()).toBytes();
  }

  /** The server answers only what was passed on to it, so nobody else writes at that time. */
  private void forwardAnswers(MySqlPackets client, MySqlPackets server) {
    try {
      while (true) {
        byte[] answer = server.read();
        client.forward(answer, server.lastRead());
      }
    } catch (IOException e) {
      close();
    }
  }

  private void serve(MySqlPackets client, MySqlPackets server)
      throws IOException, InterruptedException {
    while (true) {
      byte[] command = client.read();
      if (client.lastRead() != 0 || command.length == 0 || !answer(client, command)) {
        server.forward(command, client.lastRead());
        if (command.length > 0 && command[0] == COM_QUIT) {
          return;
        }
      }
    }
  }

  /** Whether a command was for the log; then it has been answered. */
  private boolean answer(MySqlPackets client, byte[] command)
      throws IOException, InterruptedException {
    ByteReader reader = new ByteReader(command).skip(1);
    switch (command[0]) {
      case COM_QUERY -> {
        return answerQuery(client, MySqlPackets.statement(command));
      }
      case COM_REGISTER_SLAVE -> client.ok();
      case COM_BINLOG_DUMP -> {
        long position = reader.number(4);
        reader.skip(6);
        String file = reader.restAsText();
        dump(client, new GtidRanges(Map.of()), () -> service.log().from(file, position), position);
      }
      case COM_BINLOG_DUMP_GTID -> {
        reader.skip(6);
        reader.skip((int) reader.number(4)).skip(12);
        GtidRanges executed = GtidRanges.read(reader);
        dump(client, executed, () -> service.log().from(executed), BinlogLog.FIRST_POSITION);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean answerQuery(MySqlPackets client, String sql) throws IOException {
    String statement =
        sql.replaceAll("/\\*.*?\\*/", " ")
            .replaceAll("[;\\s]+$", "")
            .replaceAll("\\s+", " ")
            .trim()
            .toLowerCase(Locale.ROOT);
    Matcher set = SET.matcher(statement);
    if (set.matches()) {
      remember(set.group(1), set.group(2).replace("'", ""));
      client.ok();
      return true;
    }
    LogStatement about = LogStatement.of(statement);
    if (about == null) {
      return false;
    }
    if (about.isVariable() && service.has(BinlogQuirk.OK_INSTEAD_OF_ROWS)) {
      client.ok();
    } else {
      client.rows(about.columns(), about.rows(service));
    }
    return true;
  }

  private void remember(String variable, String value) {
    switch (variable) {
      case "master_binlog_checksum" -> checksum = value.startsWith("@@") ? "crc32" : value;
      case "master_heartbeat_period" -> {
        long millis = Long.parseLong(value) / NANOS_PER_MILLI;
        heartbeat = Duration.ofMillis(millis == 0 ? HEARTBEAT_MILLIS : millis);
      }
      default -> {
        // Not needed to tell clients apart.
      }
    }
  }

  @FunctionalInterface
  private interface Start {
    BinlogLog.Cursor find();
  }

  private void dump(MySqlPackets client, GtidRanges executed, Start start, long position)
      throws IOException, InterruptedException {
    try {
      if (checksum == null) {
        throw new DumpRefusedException(
            "Slave can not handle replication events with the checksum that master is configured"
                + " to log");
      }
      new BinlogDump(service, client, !checksum.equals("none"), heartbeat, executed)
          .run(start.find(), position);
    } catch (DumpRefusedException e) {
      client.error(DUMP_ENDED, GENERAL_ERROR, e.getMessage());
    }
  }

  /** Ends both connections. */
  void close() {
    for (Socket socket : List.of(clientSocket, serverSocket)) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException("a connection could not be closed", e);
      }
    }
  }
}
