package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantedPrivilegesTest {
  private static final List<String> NEEDED =
      List.of("CREATE", "DROP", "SELECT", "INSERT", "UPDATE", "DELETE");

  private static List<String> missing(String... grants) {
    return GrantedPrivileges.parse(List.of(grants)).missing(NEEDED);
  }

  @Test
  void usageGrantsNothing() {
    assertEquals(NEEDED, missing("GRANT USAGE ON *.* TO `u`@`%`"));
  }

  @Test
  void allPrivilegesAreAll() {
    assertEquals(List.of(), missing("GRANT ALL PRIVILEGES ON *.* TO 'root' WITH GRANT OPTION"));
    assertEquals(List.of(), missing("GRANT USAGE ON *.* TO u", "grant all on `d`.* to u"));
  }

  @Test
  void privilegesOfSeveralLevelsAddUp() {
    assertEquals(
        List.of("DROP"),
        missing(
            "GRANT CREATE, SELECT ON *.* TO `u`@`%`",
            "GRANT INSERT, UPDATE, DELETE ON `d`.* TO `u`@`%`"));
  }

  @Test
  void partOfAPrivilegesNameIsNotThePrivilege() {
    assertEquals(
        List.of("CREATE", "DROP", "INSERT", "UPDATE", "DELETE"),
        missing("GRANT SELECT, CREATE VIEW, DROP ROLE ON *.* TO u"));
  }

  @Test
  void privilegeOnSomeColumnsIsNotEnough() {
    assertEquals(
        List.of("INSERT"),
        missing(
            "GRANT CREATE, DROP, SELECT, UPDATE, DELETE ON *.* TO u",
            "GRANT INSERT (`a`, `b`) ON `d`.`t` TO u"));
  }

  @Test
  void rolesAreNotLookedInto() {
    assertEquals(List.of(), missing("GRANT USAGE ON *.* TO u", "GRANT `writer`@`%` TO `u`@`%`"));
  }

  @Test
  void otherStatementsAreIgnored() {
    assertEquals(6, missing("REVOKE SELECT ON `mysql`.* FROM u").size());
  }

  @Test
  void allPrivilegesOnADatabaseAreNotThoseOnTheServer() {
    GrantedPrivileges granted =
        GrantedPrivileges.parse(
            List.of("GRANT RELOAD ON *.* TO u", "GRANT ALL PRIVILEGES ON `d`.* TO u"));
    assertEquals(
        List.of("REPLICATION SLAVE"),
        granted.missingGlobally(List.of("RELOAD", "REPLICATION SLAVE")));
    assertEquals(List.of(), granted.missing(List.of("REPLICATION SLAVE")));
  }
}
