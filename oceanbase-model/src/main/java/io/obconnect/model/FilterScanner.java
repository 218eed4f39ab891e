package io.obconnect.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts the text of a row filter into tokens. Beside MySQL's spelling it knows that of OceanBase
 * Migration Service, which writes a backslash before characters that a plain name cannot have.
 */
final class FilterScanner {

  private static final Pattern SPACE =
      Pattern.compile("\\s++|#[^\\n]*+|--(?=\\s|\\z)[^\\n]*+|/\\*(?!!)(?s:.*?)\\*/");
  private static final Map<FilterToken.Kind, Pattern> TOKENS = tokens();

  private FilterScanner() {}

  /** The first kind whose pattern matches wins. */
  private static Map<FilterToken.Kind, Pattern> tokens() {
    String wordPart = "[\\w$\\x80-\\uffff]";
    Map<FilterToken.Kind, String> patterns = new LinkedHashMap<>();
    patterns.put(
        FilterToken.Kind.STRING,
        "'(?:[^'\\\\]++|''|\\\\(?s:.))*+'|\"(?:[^\"\\\\]++|\"\"|\\\\(?s:.))*+\"");
    patterns.put(
        FilterToken.Kind.NAME,
        "`(?:[^`]++|``)++`|" + wordPart + "*+\\\\.(?:" + wordPart + "++|\\\\.)*+");
    patterns.put(
        FilterToken.Kind.HEX, "[xX]'(?:[0-9a-fA-F]{2})*+'|0x[0-9a-fA-F]++(?!" + wordPart + ")");
    patterns.put(FilterToken.Kind.BITS, "[bB]'[01]*+'|0b[01]++(?!" + wordPart + ")");
    patterns.put(
        FilterToken.Kind.DOUBLE,
        "(?:\\d++(?:\\.\\d*+)?+|\\.\\d++)[eE][+-]?+\\d++(?!" + wordPart + ")");
    patterns.put(FilterToken.Kind.DECIMAL, "\\d++\\.\\d*+|\\.\\d++");
    patterns.put(FilterToken.Kind.INTEGER, "\\d++(?!" + wordPart + ")");
    patterns.put(FilterToken.Kind.WORD, wordPart + "++");
    patterns.put(FilterToken.Kind.SYMBOL, "<=>|<<|>>|<=|>=|<>|!=|&&|\\|\\||[-+*/%&|^~!=<>(),.]");
    Map<FilterToken.Kind, Pattern> compiled = new LinkedHashMap<>();
    patterns.forEach((kind, pattern) -> compiled.put(kind, Pattern.compile(pattern)));
    return compiled;
  }

  /**
   * Returns the tokens; the last one is the end.
   *
   * @throws RowFilterException for a character that starts no token
   */
  static List<FilterToken> scan(String sql) {
    List<FilterToken> tokens = new ArrayList<>();
    int position = 0;
    while (position < sql.length()) {
      Matcher space = SPACE.matcher(sql).region(position, sql.length());
      if (space.lookingAt()) {
        position = space.end();
      } else {
        position = token(sql, position, tokens);
      }
    }
    tokens.add(new FilterToken(FilterToken.Kind.END, "", position));
    return List.copyOf(tokens);
  }

  private static int token(String sql, int position, List<FilterToken> tokens) {
    for (Map.Entry<FilterToken.Kind, Pattern> candidate : TOKENS.entrySet()) {
      Matcher matcher = candidate.getValue().matcher(sql).region(position, sql.length());
      if (matcher.lookingAt()) {
        tokens.add(
            new FilterToken(
                candidate.getKey(), text(candidate.getKey(), matcher.group()), position));
        return matcher.end();
      }
    }
    throw new FilterToken(FilterToken.Kind.SYMBOL, sql.substring(position, position + 1), position)
        .error("nothing starts like this; close the quotes, and write values as literals");
  }

  private static String text(FilterToken.Kind kind, String written) {
    return switch (kind) {
      case STRING -> SqlScanner.scan(written).get(0).text();
      case NAME ->
          written.startsWith("`")
              ? SqlScanner.scan(written).get(0).text()
              : written.replaceAll("\\\\(.)", "$1");
      case HEX, BITS -> written.replaceAll("^..|'$", "");
      case WORD, INTEGER, DECIMAL, DOUBLE, SYMBOL, END -> written;
    };
  }
}
