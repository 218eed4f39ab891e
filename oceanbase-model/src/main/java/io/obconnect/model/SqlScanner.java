package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL text into tokens, outside of Druid for two reasons: Druid hides the content of version
 * comments ({@code /*!80023 INVISIBLE *}{@code /}), which the server executes, and does not
 * unescape all forms of quoted text. Plain comments are left out, the content of version comments
 * is kept.
 */
final class SqlScanner {

  private static final int MIN_VERSION_DIGITS = 5;
  private static final int MAX_VERSION_DIGITS = 6;

  private final String sql;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int position;
  private int openVersionComments;
  private boolean spaced;

  private SqlScanner(String sql) {
    this.sql = sql;
  }

  /**
   * Returns the tokens of the text.
   *
   * @throws DdlSyntaxException if a quote or a comment is not closed
   */
  static List<SqlToken> scan(String sql) {
    SqlScanner scanner = new SqlScanner(sql);
    while (scanner.position < sql.length()) {
      scanner.next();
    }
    if (scanner.openVersionComments > 0) {
      throw new DdlSyntaxException("a version comment is not closed");
    }
    return List.copyOf(scanner.tokens);
  }

  private void next() {
    char c = sql.charAt(position);
    if (Character.isWhitespace(c)) {
      position++;
      spaced = true;
    } else if (!comment()) {
      if (c == '`') {
        add(SqlToken.Kind.IDENTIFIER, quoted('`', false));
      } else if (c == '\'' || c == '"') {
        add(SqlToken.Kind.STRING, quoted(c, true));
      } else if (prefixedLiteral()) {
        literal();
      } else if (isWordPart(c)) {
        word();
      } else {
        position++;
        add(SqlToken.Kind.SYMBOL, String.valueOf(c));
      }
    }
  }

  private void add(SqlToken.Kind kind, String text) {
    tokens.add(new SqlToken(kind, text, spaced));
    spaced = false;
  }

  private boolean comment() {
    if (startsWith("/*!")) {
      position += 3;
      skipVersion();
      openVersionComments++;
    } else if (startsWith("*/") && openVersionComments > 0) {
      position += 2;
      openVersionComments--;
    } else if (startsWith("/*")) {
      skipBehind("*/");
    } else if (startsWith("#") || isDashComment()) {
      int end = sql.indexOf('\n', position);
      position = end < 0 ? sql.length() : end + 1;
    } else {
      return false;
    }
    spaced = true;
    return true;
  }

  private boolean isDashComment() {
    return startsWith("--")
        && (position + 2 >= sql.length() || Character.isWhitespace(sql.charAt(position + 2)));
  }

  private void skipVersion() {
    int digits = 0;
    while (digits < MAX_VERSION_DIGITS
        && position + digits < sql.length()
        && Character.isDigit(sql.charAt(position + digits))) {
      digits++;
    }
    // Fewer digits are no version but part of the SQL.
    if (digits >= MIN_VERSION_DIGITS) {
      position += digits;
    }
  }

  private void skipBehind(String end) {
    int found = sql.indexOf(end, position + 2);
    if (found < 0) {
      throw new DdlSyntaxException("a comment is not closed");
    }
    position = found + end.length();
  }

  private boolean startsWith(String text) {
    return sql.startsWith(text, position);
  }

  private String quoted(char quote, boolean escapes) {
    StringBuilder text = new StringBuilder();
    int i = position + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
        text.append(quote);
        i += 2;
      } else if (c == quote) {
        position = i + 1;
        return text.toString();
      } else if (c == '\\' && escapes && i + 1 < sql.length()) {
        appendEscaped(text, sql.charAt(i + 1));
        i += 2;
      } else {
        text.append(c);
        i++;
      }
    }
    throw new DdlSyntaxException("the quote " + quote + " is not closed");
  }

  private static void appendEscaped(StringBuilder text, char c) {
    switch (c) {
      case '0' -> text.append('\0');
      case 'b' -> text.append('\b');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'Z' -> text.append('\032');
      // MySQL keeps the backslash of these two: they are patterns of LIKE.
      case '%', '_' -> text.append('\\').append(c);
      default -> text.append(c);
    }
  }

  /** Whether a bit, hexadecimal or national literal starts here: a letter and a quote. */
  private boolean prefixedLiteral() {
    return "bBxXnN".indexOf(sql.charAt(position)) >= 0
        && position + 1 < sql.length()
        && sql.charAt(position + 1) == '\'';
  }

  private void literal() {
    char prefix = sql.charAt(position);
    position++;
    String value = quoted('\'', true);
    if (prefix == 'n' || prefix == 'N') {
      add(SqlToken.Kind.STRING, value);
    } else {
      add(SqlToken.Kind.LITERAL, Character.toLowerCase(prefix) + "'" + value + "'");
    }
  }

  private void word() {
    int start = position;
    skipWordParts();
    if (isNumber(start, position)) {
      boolean fraction = startsWith(".") && position + 1 < sql.length();
      if (fraction && Character.isDigit(sql.charAt(position + 1))) {
        position++;
        skipWordParts();
      }
      add(SqlToken.Kind.LITERAL, sql.substring(start, position));
    } else {
      boolean hexadecimal = startsWithAt(start, "0x") || startsWithAt(start, "0b");
      add(hexadecimal ? SqlToken.Kind.LITERAL : SqlToken.Kind.WORD, sql.substring(start, position));
    }
  }

  private boolean startsWithAt(int start, String prefix) {
    return sql.startsWith(prefix, start);
  }

  private void skipWordParts() {
    while (position < sql.length() && isWordPart(sql.charAt(position))) {
      position++;
    }
  }

  private boolean isNumber(int start, int end) {
    return sql.substring(start, end).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isWordPart(char c) {
    return c == '_'
        || c == '$'
        || c >= 0x80
        || (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z');
  }
}
