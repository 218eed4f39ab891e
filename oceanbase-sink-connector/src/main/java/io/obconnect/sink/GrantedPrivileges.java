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
 * The privileges that a user holds on whatever level. Roles are not looked into: a user who has any
 * is taken to have all.
 *
 * @param names upper case names of privileges
 * @param unknown whether grants exist that cannot be read from the list
 */
record GrantedPrivileges(Set<String> names, boolean unknown) {
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

  /** Those of the needed privileges that are not there. */
  List<String> missing(List<String> needed) {
    if (unknown || names.contains("ALL PRIVILEGES") || names.contains("ALL")) {
      return List.of();
    }
    return needed.stream().filter(name -> !names.contains(name)).toList();
  }
}
