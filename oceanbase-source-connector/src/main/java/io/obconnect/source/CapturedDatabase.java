package io.obconnect.source;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import io.debezium.config.Configuration;
import io.debezium.connector.binlog.jdbc.BinlogConnectorConnection;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.jdbc.MySqlConnection;
import io.debezium.connector.mysql.jdbc.MySqlConnectionConfiguration;
import io.debezium.connector.mysql.jdbc.MySqlFieldReaderResolver;

/** What differs between the databases whose log is read. */
enum CapturedDatabase {
  MYSQL {
    @Override
    BinlogConnectorConnection connect(Configuration settings, MySqlConnectorConfig config) {
      return new MySqlConnection(
          new MySqlConnectionConfiguration(settings), MySqlFieldReaderResolver.resolve(config));
    }

    @Override
    BinaryLogClient logClient(Configuration settings, MySqlConnectorConfig config) {
      return new BinaryLogClient(
          config.getHostName(), config.getPort(), config.getUserName(), config.getPassword());
    }

    @Override
    boolean isLogAlwaysComplete() {
      return true;
    }

    @Override
    boolean isLogEndTold() {
      return true;
    }
  },

  OCEANBASE {
    @Override
    BinlogConnectorConnection connect(Configuration settings, MySqlConnectorConfig config) {
      return new OceanBaseConnection(settings, LogOptions.of(settings), config);
    }

    @Override
    BinaryLogClient logClient(Configuration settings, MySqlConnectorConfig config) {
      LogOptions log = LogOptions.of(settings);
      return new ChecksumLogClient(
          log.hostname(), log.port(), config.getUserName(), config.getPassword(), log.checksum());
    }

    @Override
    boolean isLogAlwaysComplete() {
      return false;
    }

    @Override
    boolean isLogEndTold() {
      return false;
    }
  };

  /** A connection for SQL, and for questions about the log. */
  abstract BinlogConnectorConnection connect(Configuration settings, MySqlConnectorConfig config);

  /** The reader of the log, not connected. */
  abstract BinaryLogClient logClient(Configuration settings, MySqlConnectorConfig config);

  /**
   * Whether the log has every schema change and every column's value. If not, each table's shape
   * and each row is checked against what is known of the table.
   */
  abstract boolean isLogAlwaysComplete();

  /** Whether the end of the log, as the server tells it, is behind all that is committed. */
  abstract boolean isLogEndTold();
}
