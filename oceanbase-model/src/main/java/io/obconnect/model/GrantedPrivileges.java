package io.obconnect.model;

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

/**
 * The privileges that a user of a database server holds. Roles are not looked into: a user who has
 * any is taken to have all. A privilege on some columns only is none.
 *
 * @param names upper case names of privileges on whatever level
 * @param global those of them that hold for the whole server
 * @param unknown whether grants exist that cannot be read from the list
 */
public record GrantedPrivileges(Set<String> names, Set<String> global, boolean unknown) {
  public GrantedPrivileges {
    names = Set.copyOf(names);
    global = Set.copyOf(global);
  }

  /** Asks for the privileges of a connection's user. */
  public static GrantedPrivileges read(Connection connection) throws SQLException {
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
  public static GrantedPrivileges parse(List<String> grants) {
    Set<String> names = new HashSet<>();
    Set<String> global = new HashSet<>();
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
      List<String> privileges = privileges(upper.substring("GRANT ".length(), on));
      names.addAll(privileges);
      if (upper.startsWith(" ON *.* ", on)) {
        global.addAll(privileges);
      }
    }
    return new GrantedPrivileges(names, global, unknown);
  }

  private static List<String> privileges(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  /** Those of the needed privileges that are held on no level. */
  public List<String> missing(List<String> needed) {
    return missing(needed, names);
  }

  /** Those of the needed privileges that are not held for the whole server. */
  public List<String> missingGlobally(List<String> needed) {
    return missing(needed, global);
  }

  private List<String> missing(List<String> needed, Set<String> held) {
    if (unknown || held.contains("ALL PRIVILEGES") || held.contains("ALL")) {
      return List.of();
    }
    return needed.stream().filter(name -> !held.contains(name)).toList();
  }
}
