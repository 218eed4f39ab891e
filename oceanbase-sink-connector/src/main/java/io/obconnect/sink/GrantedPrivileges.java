package io.obconnect.sink;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a user holds the privileges that the sink needs, on whatever level. Roles are not looked
 * into: a user who has any is taken to have all.
 *
 * @param names upper case names of privileges
 * @param unknown whether grants exist that cannot be read from the list
 */
record GrantedPrivileges(Set<String> names, boolean unknown) {
  private static final List<String> NEEDED =
      List.of("CREATE", "DROP", "SELECT", "INSERT", "UPDATE", "DELETE");

  GrantedPrivileges {
    names = Set.copyOf(names);
  }

  static GrantedPrivileges read(Connection connection) throws SQLException {
    List<String> grants = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW GRANTS")) {
      while (row.next()) {
        grants.add(row.getString(1));
      }
    }
    return parse(grants);
  }

  /** Reads statements of the form {@code GRANT a, b ON x TO y}. */
  static GrantedPrivileges parse(List<String> grants) {
    Set<String> names = new HashSet<>();
    boolean unknown = false;
    for (String grant : grants) {
      String upper = grant.toUpperCase(Locale.ROOT);
      int on = upper.indexOf(" ON ");
      if (!upper.startsWith("GRANT ")) {
        continue;
      }
      if (on < 0) {
        unknown = true;
        continue;
      }
      privileges(upper.substring("GRANT ".length(), on)).forEach(names::add);
    }
    return new GrantedPrivileges(names, unknown);
  }

  private static Stream<String> privileges(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip);
  }

  /** The needed privileges that are not there. */
  List<String> missing() {
    if (unknown || names.contains("ALL PRIVILEGES") || names.contains("ALL")) {
      return List.of();
    }
    return NEEDED.stream().filter(name -> !names.contains(name)).toList();
  }
}
