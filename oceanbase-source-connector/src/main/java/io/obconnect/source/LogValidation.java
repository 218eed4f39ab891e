package io.obconnect.source;

import io.debezium.DebeziumException;
import io.debezium.config.Configuration;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import java.sql.SQLException;
import java.util.Map;

/** Asks the database whether its log can do what a connector's options want of it. */
final class LogValidation {
  private LogValidation() {}

  /**
   * What is wrong, by the name of an option.
   *
   * @param options with this project's defaults, and valid otherwise
   */
  static Map<String, String> findings(CapturedDatabase database, Map<String, String> options) {
    boolean several = ReconnectOptions.hasAddresses(options);
    if (!several && !PositionOptions.hasStart(options)) {
      return Map.of();
    }
    Configuration settings = Configuration.from(options);
    try (BinlogConnectorConnection connection =
        database.connect(settings, new MySqlConnectorConfig(settings))) {
      LogState log = LogState.read(connection);
      return several && !log.numbered()
          ? Map.of(
              ReconnectOptions.ADDRESSES,
              "a file's position means nothing on another server: set gtid_mode=ON on all")
          : PositionOptions.findings(options, log);
    } catch (NoBinlogServiceException | DebeziumException | SQLException e) {
      return Map.of(
          several ? ReconnectOptions.ADDRESSES : PositionOptions.START, CaptureFailure.describe(e));
    }
  }
}
