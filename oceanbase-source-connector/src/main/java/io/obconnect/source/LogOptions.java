package io.obconnect.source;

import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import io.debezium.config.Configuration;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * Options: where OceanBase's log is read.
 *
 * @param hostname of the Binlog Service's proxy
 * @param checksum what events end in
 */
record LogOptions(String hostname, int port, ChecksumType checksum) {
  static final String HOSTNAME = "binlog.hostname";
  static final String PORT = "binlog.port";
  static final String CHECKSUM = "binlog.checksum";

  private static final String GROUP = "Log";
  private static final int ANY_PORT = 0;
  private static final int MAX_PORT = 65_535;
  private static final String CRC32 = "crc32";
  private static final String NONE = "none";

  static void define(ConfigDef definition) {
    definition
        .define(
            HOSTNAME,
            ConfigDef.Type.STRING,
            "",
            Importance.HIGH,
            "Host through which the log is read, usually that of an ODP whose tenant has a Binlog Service. Empty:"
                + " database.hostname, which then has to be such an ODP.",
            GROUP,
            1,
            Width.MEDIUM,
            "Host of the log")
        .define(
            PORT,
            ConfigDef.Type.INT,
            ANY_PORT,
            ConfigDef.Range.between(ANY_PORT, MAX_PORT),
            Importance.HIGH,
            "Port to binlog.hostname. 0: database.port.",
            GROUP,
            2,
            Width.SHORT,
            "Port of the log")
        .define(
            CHECKSUM,
            ConfigDef.Type.STRING,
            CRC32,
            ConfigDef.ValidString.in(CRC32, NONE),
            Importance.LOW,
            "What the Binlog Service is told to end each event in. Left to itself, it differs from version to version in what it"
                + " takes for agreed.",
            GROUP,
            3,
            Width.SHORT,
            "Checksum");
  }

  /** Of options that were validated, or at least given. */
  static LogOptions of(Configuration options) {
    ConfigDef definition = new ConfigDef();
    define(definition);
    Map<String, Object> values = definition.parse(options.asMap());
    String host = (String) values.get(HOSTNAME);
    int port = (Integer) values.get(PORT);
    return new LogOptions(
        host.isBlank() ? options.getString(MySqlConnectorConfig.HOSTNAME) : host,
        port == ANY_PORT ? options.getInteger(MySqlConnectorConfig.PORT) : port,
        ChecksumType.valueOf(((String) values.get(CHECKSUM)).toUpperCase(Locale.ROOT)));
  }
}
