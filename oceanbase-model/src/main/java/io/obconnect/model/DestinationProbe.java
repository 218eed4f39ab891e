package io.obconnect.model;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Asks a destination for its {@link DestinationProfile}. */
public final class DestinationProbe {

  private DestinationProbe() {}

  /**
   * Reads the profile; changes nothing on the server and leaves the connection open.
   *
   * @throws SQLException if the server cannot be asked, or lacks a variable the profile needs
   */
  public static DestinationProfile probe(Connection connection) throws SQLException {
    String version = text(connection, "SELECT VERSION()");
    String comment = variable(connection, "version_comment");
    boolean oceanBase = (version + " " + comment).toLowerCase(Locale.ROOT).contains("oceanbase");
    return new DestinationProfile(
        oceanBase ? DestinationProfile.Engine.OCEANBASE : DestinationProfile.Engine.MYSQL,
        oceanBase ? comment : version,
        charsets(connection),
        collations(connection),
        !variable(connection, "lower_case_table_names").equals("0"),
        Long.parseLong(variable(connection, "max_allowed_packet")),
        spatialReferenceSystems(connection));
  }

  private static Map<String, Integer> charsets(Connection connection) throws SQLException {
    Map<String, Integer> charsets = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW CHARACTER SET")) {
      while (rows.next()) {
        charsets.put(CharsetNames.charset(rows.getString("Charset")), rows.getInt("Maxlen"));
      }
    }
    return charsets;
  }

  private static Map<String, DestinationProfile.Collation> collations(Connection connection)
      throws SQLException {
    Map<String, DestinationProfile.Collation> collations = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW COLLATION")) {
      while (rows.next()) {
        String name = CharsetNames.collation(rows.getString("Collation"));
        String charset = CharsetNames.charset(rows.getString("Charset"));
        boolean isDefault = "Yes".equalsIgnoreCase(rows.getString("Default"));
        collations.put(name, new DestinationProfile.Collation(name, charset, isDefault));
      }
    }
    return collations;
  }

  /** Servers without the view (before MySQL 8.0) have no SRID attribute either. */
  private static boolean spatialReferenceSystems(Connection connection) throws SQLException {
    String view = "ST_SPATIAL_REFERENCE_SYSTEMS";
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM information_schema.TABLES"
                + " WHERE TABLE_SCHEMA = 'information_schema' AND TABLE_NAME = ?")) {
      statement.setString(1, view);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next() || rows.getInt(1) == 0) {
          return false;
        }
      }
    }
    String sql = "SELECT COUNT(*) FROM information_schema." + view + " WHERE SRS_ID <> 0";
    return Long.parseLong(text(connection, sql)) > 0;
  }

  private static String variable(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW VARIABLES LIKE '" + name + "'")) {
      if (!rows.next()) {
        throw new SQLException(
            "the destination has no variable " + name + ": it is neither MySQL nor OceanBase");
      }
      return rows.getString(2);
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new SQLException("the destination answers without a row: " + sql);
      }
      return rows.getString(1);
    }
  }
}
