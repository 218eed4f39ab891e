package io.obconnect.model;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The two JDBC drivers behind one set of connection settings. They are called directly and not
 * through {@code DriverManager}, whose registry does not see through Connect's plugin class
 * loaders.
 */
enum DatabaseDriver {
  /** OceanBase's own client, a fork of MariaDB Connector/J 2. */
  OCEANBASE("jdbc:oceanbase://") {
    @Override
    Driver driver() {
      return new com.oceanbase.jdbc.Driver();
    }

    @Override
    void addTls(Properties properties, ConnectionSettings settings) {
      properties.setProperty("useSSL", String.valueOf(settings.tlsMode() != TlsMode.DISABLED));
      properties.setProperty(
          "trustServerCertificate", String.valueOf(settings.tlsMode() == TlsMode.REQUIRED));
      properties.setProperty(
          "disableSslHostnameVerification",
          String.valueOf(settings.tlsMode() != TlsMode.VERIFY_IDENTITY));
    }
  },
  /** MariaDB Connector/J 3, which logs in to MySQL 8 and 9. */
  MARIADB("jdbc:mariadb://") {
    @Override
    Driver driver() {
      return new org.mariadb.jdbc.Driver();
    }

    @Override
    void addTls(Properties properties, ConnectionSettings settings) {
      properties.setProperty(
          "sslMode",
          switch (settings.tlsMode()) {
            case DISABLED -> "disable";
            case REQUIRED -> "trust";
            case VERIFY_CA -> "verify-ca";
            case VERIFY_IDENTITY -> "verify-full";
          });
    }
  };

  private final String urlPrefix;

  DatabaseDriver(String urlPrefix) {
    this.urlPrefix = urlPrefix;
  }

  abstract Driver driver();

  abstract void addTls(Properties properties, ConnectionSettings settings);

  Connection connect(ServerAddress address, ConnectionSettings settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.username());
    properties.setProperty("password", settings.password());
    properties.setProperty("connectTimeout", String.valueOf(settings.connectTimeout().toMillis()));
    properties.setProperty("socketTimeout", String.valueOf(settings.socketTimeout().toMillis()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("useServerPrepStmts", "false");
    // Without TLS there is no secret channel to protect; MySQL's default authentication needs this
    // to work at all.
    properties.setProperty(
        "allowPublicKeyRetrieval", String.valueOf(settings.tlsMode() == TlsMode.DISABLED));
    addTls(properties, settings);
    settings.tlsCaPath().ifPresent(path -> properties.setProperty("serverSslCert", path));
    Connection connection = driver().connect(urlPrefix + address + "/", properties);
    if (connection == null) {
      throw new SQLException("driver " + this + " does not accept address " + address);
    }
    return connection;
  }
}
