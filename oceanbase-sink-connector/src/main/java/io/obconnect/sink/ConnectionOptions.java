package io.obconnect.sink;

import io.obconnect.model.ServerAddress;
import io.obconnect.model.TlsMode;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: where the destination is, and how it is reached. */
final class ConnectionOptions {
  static final String ADDRESSES = "connection.addresses";
  static final String USERNAME = "connection.username";
  static final String PASSWORD = "connection.password";
  static final String TLS_MODE = "connection.tls.mode";
  static final String TLS_CA_PATH = "connection.tls.ca.path";
  static final String CONNECT_TIMEOUT_MS = "connection.connect.timeout.ms";
  static final String SOCKET_TIMEOUT_MS = "connection.socket.timeout.ms";

  private static final String GROUP = "Connection";

  private ConnectionOptions() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            ADDRESSES,
            ConfigDef.Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            OptionValues.checked(
                "host:port, separated by commas",
                value -> ((List<?>) value).forEach(a -> ServerAddress.parse(a.toString()))),
            Importance.HIGH,
            "Servers of the destination as host:port, separated by commas; the first that answers is used, the others"
                + " when it fails. OceanBase: port 2881 of a server, 2883 of ODP.",
            GROUP,
            1,
            Width.LONG,
            "Addresses")
        .define(
            USERNAME,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            new ConfigDef.NonEmptyString(),
            Importance.HIGH,
            "User that writes: user, user@tenant, or user@tenant#cluster through ODP. It needs CREATE, DROP,"
                + " SELECT, INSERT, UPDATE and DELETE.",
            GROUP,
            2,
            Width.MEDIUM,
            "User")
        .define(
            PASSWORD,
            ConfigDef.Type.PASSWORD,
            "",
            Importance.HIGH,
            "Password of the user. Keep it out of the configuration with a config provider.",
            GROUP,
            3,
            Width.MEDIUM,
            "Password")
        .define(
            TLS_MODE,
            ConfigDef.Type.STRING,
            TlsMode.DISABLED.optionValue(),
            ValidString.in(TlsMode.optionValues().toArray(String[]::new)),
            Importance.MEDIUM,
            "Encryption: disabled; required (any certificate); verify-ca (signed by a trusted authority);"
                + " verify-identity (and made out to the host).",
            GROUP,
            4,
            Width.MEDIUM,
            "TLS mode")
        .define(
            TLS_CA_PATH,
            ConfigDef.Type.STRING,
            "",
            Importance.MEDIUM,
            "PEM file with the trusted authorities, on every worker. Empty: those of the Java runtime.",
            GROUP,
            5,
            Width.LONG,
            "TLS authorities")
        .define(
            CONNECT_TIMEOUT_MS,
            ConfigDef.Type.INT,
            10_000,
            Range.between(100, 600_000),
            Importance.LOW,
            "Time in milliseconds that one server gets to accept a connection.",
            GROUP,
            6,
            Width.SHORT,
            "Connect time-out")
        .define(
            SOCKET_TIMEOUT_MS,
            ConfigDef.Type.INT,
            60_000,
            Range.between(1_000, 3_600_000),
            Importance.LOW,
            "Time in milliseconds that a statement may take. OceanBase's ob_query_timeout is set to 90 % of it.",
            GROUP,
            7,
            Width.SHORT,
            "Statement time-out");
  }
}
