package io.obconnect.source;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.network.protocol.command.QueryCommand;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

/**
 * A reader of the log that tells the server which checksum it expects. The usual one asks the
 * server for its variable, and OceanBase's SQL server need not know what its Binlog Service does.
 */
final class ChecksumLogClient extends BinaryLogClient {
  private final ChecksumType checksum;
  private EventDeserializer deserializer;

  ChecksumLogClient(
      String hostname, int port, String user, String password, ChecksumType checksum) {
    super(hostname, port, user, password);
    this.checksum = Objects.requireNonNull(checksum, "checksum");
  }

  @Override
  public void setEventDeserializer(EventDeserializer eventDeserializer) {
    super.setEventDeserializer(eventDeserializer);
    deserializer = eventDeserializer;
  }

  /** The first event comes before the one that tells the checksum. */
  @Override
  @SuppressWarnings("deprecation")
  protected void setupConnection() throws IOException {
    super.setupConnection();
    channel.write(
        new QueryCommand(
            "SET @master_binlog_checksum='" + checksum.name().toLowerCase(Locale.ROOT) + "'"));
    checkError(channel.read());
    deserializer.setChecksumType(checksum);
  }
}
