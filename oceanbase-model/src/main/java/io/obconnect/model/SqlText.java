package io.obconnect.model;

/**
 * Quoting of names and literals for MySQL and OceanBase, in one place.
 *
 * <p>Literals rely on backslash being an escape character: a session that sets {@code
 * NO_BACKSLASH_ESCAPES} must not run them.
 */
public final class SqlText {

  /**
   * ENUM's error value, index 0, to strict mode, which takes no number and no empty text for it: a
   * text that is no member counts as a number, on MySQL up to five digits. A member of this name
   * would win.
   */
  public static final String ENUM_ERROR_VALUE = "'00000'";

  private SqlText() {}

  /** Returns the name between backticks, with the backticks inside of it doubled. */
  public static String identifier(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Returns the text as a string literal between single quotes. */
  public static String literal(String text) {
    StringBuilder sql = new StringBuilder(text.length() + 2).append('\'');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\'' -> sql.append("''");
        case '\\' -> sql.append("\\\\");
        case '\0' -> sql.append("\\0");
        default -> sql.append(c);
      }
    }
    return sql.append('\'').toString();
  }
}
