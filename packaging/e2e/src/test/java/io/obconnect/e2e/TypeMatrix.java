package io.obconnect.e2e;

import java.util.ArrayList;
import java.util.List;

/** The statements that make tables of {@link TypeCase}, one for each type, and fill them. */
final class TypeMatrix {
  /** The source accepts what strict mode refuses: the matrix asks for it. */
  private static final List<String> SESSION =
      List.of("SET sql_mode = 'ALLOW_INVALID_DATES'", "SET time_zone = '+00:00'");

  private TypeMatrix() {}

  static List<String> tables() {
    return TypeCase.EXACT.stream().map(type -> table(type.table(), type.type())).toList();
  }

  static String table(String name, String type) {
    return "CREATE TABLE " + name + " (id INT PRIMARY KEY, v " + type + ", other INT)";
  }

  /** A row for each value, numbered from an id in each table. */
  static List<String> rows(int firstId) {
    List<String> sql = new ArrayList<>(SESSION);
    for (TypeCase type : TypeCase.EXACT) {
      int id = firstId;
      for (String value : type.values()) {
        sql.add(insert(type.table(), id++, value));
      }
    }
    return sql;
  }

  static String insert(String table, int id, String value) {
    return "INSERT INTO " + table + " VALUES (" + id + ", " + value + ", 0)";
  }

  /** Changes each row from an id on, but not its value. */
  static List<String> updates(int firstId) {
    List<String> sql = new ArrayList<>(SESSION);
    TypeCase.EXACT.forEach(
        type -> sql.add("UPDATE " + type.table() + " SET other = 1, v = v WHERE id >= " + firstId));
    return sql;
  }

  /** Where a type's table without a key is. */
  static String keyless(TypeCase type) {
    return "k_" + type.table();
  }

  static List<String> keylessTables() {
    return TypeCase.EXACT.stream()
        .map(type -> "CREATE TABLE " + keyless(type) + " (v " + type.type() + ", other INT)")
        .toList();
  }

  /** Each value in four rows, two of them equal; then one of the four is changed, two go. */
  static List<String> keylessChanges() {
    List<String> sql = new ArrayList<>(SESSION);
    for (TypeCase type : TypeCase.EXACT) {
      String table = keyless(type);
      for (String value : type.values()) {
        sql.add(
            "INSERT INTO %s VALUES (%2$s,0),(%2$s,0),(%2$s,1),(%2$s,2)".formatted(table, value));
      }
      sql.add("UPDATE " + table + " SET other = 7 WHERE other = 1");
      sql.add("DELETE FROM " + table + " WHERE other = 2");
      sql.add("DELETE FROM " + table + " WHERE other = 0 LIMIT " + type.values().size());
    }
    return sql;
  }
}
