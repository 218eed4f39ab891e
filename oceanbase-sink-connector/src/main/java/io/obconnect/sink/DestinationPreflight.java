package io.obconnect.sink;

import io.obconnect.model.DatabaseConnector;
import io.obconnect.model.DdlKind;
import io.obconnect.model.DestinationProbe;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.GrantedPrivileges;
import io.obconnect.model.SqlFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Tries the destination out without changing it, and puts what is wrong on the option concerned.
 * Takes at most one connect time-out for each address and driver, and a few statements.
 */
final class DestinationPreflight {
  private final OceanBaseSinkConfig config;

  private record Finding(String option, String message) {}

  DestinationPreflight(OceanBaseSinkConfig config) {
    this.config = Objects.requireNonNull(config, "config");
  }

  void check(List<ConfigValue> values) {
    for (Finding finding : findings()) {
      values.stream()
          .filter(value -> value.name().equals(finding.option()))
          .forEach(value -> value.addErrorMessage(finding.message()));
    }
  }

  private List<Finding> findings() {
    Optional<String> unreadable =
        config.connection().tlsCaPath().filter(path -> !Files.isReadable(Path.of(path)));
    if (unreadable.isPresent()) {
      return List.of(
          new Finding(
              ConnectionOptions.TLS_CA_PATH,
              "File " + unreadable.get() + " cannot be read; put it on every worker."));
    }
    try (Connection connection = new DatabaseConnector(config.connection()).connect()) {
      return examine(connection);
    } catch (SQLException e) {
      return List.of(connectFinding(e));
    }
  }

  private List<Finding> examine(Connection connection) {
    try {
      return checkServer(connection);
    } catch (SQLException e) {
      return List.of(
          new Finding(
              ConnectionOptions.USERNAME,
              "The destination cannot be examined: "
                  + SqlFailure.of(e).description()
                  + "; the user must be allowed to run SHOW VARIABLES, SHOW COLLATION and SHOW GRANTS."));
    }
  }

  private Finding connectFinding(SQLException e) {
    SqlFailure failure = SqlFailure.of(e);
    if (failure.kind() == SqlFailure.Kind.ACCESS_DENIED) {
      return new Finding(
          ConnectionOptions.PASSWORD,
          "The destination refuses user "
              + config.connection().username()
              + " ("
              + failure.description()
              + "); check the user, with tenant and cluster where there are any, and the password.");
    }
    return new Finding(
        ConnectionOptions.ADDRESSES,
        "No server of "
            + config.connection().addresses()
            + " can be reached: "
            + firstLine(e)
            + "; check host and port, firewalls and "
            + ConnectionOptions.TLS_MODE
            + ".");
  }

  private static String firstLine(SQLException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())
        .lines()
        .findFirst()
        .orElse("");
  }

  private List<Finding> checkServer(Connection connection) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(checkTextMaps(DestinationProbe.probe(connection)));
    if (isReadOnly(connection)) {
      findings.add(
          new Finding(
              ConnectionOptions.ADDRESSES,
              "The destination is read-only; connect to the primary, or set read_only=OFF."));
    }
    GrantedPrivileges granted = GrantedPrivileges.read(connection);
    List<String> missing = granted.missing(neededPrivileges());
    if (!missing.isEmpty()) {
      findings.add(
          new Finding(
              ConnectionOptions.USERNAME,
              "User "
                  + config.connection().username()
                  + " lacks "
                  + String.join(", ", missing)
                  + "; run GRANT "
                  + String.join(", ", missing)
                  + " ON *.* TO that user, or on the migrated databases and "
                  + config.ledgerDatabase()
                  + "."));
    }
    return findings;
  }

  /** Indexes and constraints come by ALTER TABLE, so they need no privilege of their own. */
  private List<String> neededPrivileges() {
    SchemaPolicies policies = config.schemaPolicies();
    List<String> needed =
        new ArrayList<>(List.of("CREATE", "DROP", "SELECT", "INSERT", "UPDATE", "DELETE"));
    if (policies.changesTables()) {
      needed.add("ALTER");
    }
    if (policies.applies(DdlKind.CREATE_VIEW)) {
      needed.add("CREATE VIEW");
    }
    return needed;
  }

  private List<Finding> checkTextMaps(DestinationProfile profile) {
    List<Finding> findings = new ArrayList<>();
    config.charsets().values().stream()
        .filter(name -> !profile.charsets().containsKey(name))
        .map(name -> "The destination has no character set " + name + "; see SHOW CHARACTER SET.")
        .forEach(text -> findings.add(new Finding(SchemaOptions.SCHEMA_CHARSET_MAP, text)));
    config.collations().values().stream()
        .filter(name -> !profile.collations().containsKey(name))
        .map(name -> "The destination has no collation " + name + "; see SHOW COLLATION.")
        .forEach(text -> findings.add(new Finding(SchemaOptions.SCHEMA_COLLATION_MAP, text)));
    return findings;
  }

  private static boolean isReadOnly(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SHOW GLOBAL VARIABLES WHERE variable_name IN ('read_only', 'super_read_only')")) {
      while (row.next()) {
        String value = row.getString(2).toUpperCase(Locale.ROOT);
        if (value.equals("ON") || value.equals("1")) {
          return true;
        }
      }
      return false;
    }
  }
}
