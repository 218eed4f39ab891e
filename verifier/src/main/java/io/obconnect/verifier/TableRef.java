package io.obconnect.verifier;

import java.util.Objects;

/** Names one table of one engine. The names are plain, without quotes. */
public record TableRef(String database, String table) {

  public TableRef {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(table, "table");
    if (database.isEmpty() || table.isEmpty()) {
      throw new IllegalArgumentException("database and table must have a name");
    }
  }

  /** The name as SQL text, safe for every character a name may hold. */
  public String quoted() {
    return quote(database) + "." + quote(table);
  }

  static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  @Override
  public String toString() {
    return quoted();
  }
}
