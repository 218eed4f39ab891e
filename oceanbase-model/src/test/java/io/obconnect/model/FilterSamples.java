package io.obconnect.model;

import java.util.List;
import java.util.Random;

/**
 * Random conditions over {@link FilterTable}. Arithmetic stays within what MySQL computes without
 * an error, and the branches of one expression have one type, see {@link RowFilter}.
 */
final class FilterSamples {

  private final Random random;

  FilterSamples(long seed) {
    this.random = new Random(seed);
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  String condition(int depth) {
    if (depth == 0) {
      return leaf();
    }
    String a = condition(depth - 1);
    String b = condition(depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> a + " AND " + b;
      case 1 -> a + " OR " + b;
      case 2 -> a + " XOR " + b;
      case 3 -> "NOT " + a;
      case 4 -> "(" + a + ") " + one("IS TRUE", "IS NOT FALSE", "IS NULL", "IS NOT UNKNOWN");
      case 5 -> "! (" + a + ") = (" + b + ")";
      case 6 ->
          "CASE WHEN " + a + " THEN " + number(1) + " ELSE " + number(1) + " END > " + number(1);
      default -> "(" + a + " OR " + b + ") AND NOT (" + a + ")";
    };
  }

  private String leaf() {
    return switch (random.nextInt(10)) {
      case 0 -> number(2) + comparison() + number(2);
      case 1 -> text(1) + comparison() + text(1);
      case 2 -> temporal() + comparison() + temporal();
      case 3 -> number(1) + one(" BETWEEN ", " NOT BETWEEN ") + number(1) + " AND " + number(1);
      case 4 -> number(1) + in() + one("0", "1", "2.5", "pk") + ", " + one("NULL", "d", "f") + ")";
      case 5 -> text(1) + one(" LIKE ", " NOT LIKE ") + pattern();
      case 6 -> bits() + comparison() + one("1", "255", "18446744073709551615", "65536");
      case 7 -> one("i", "b", "u", "g", "s") + comparison() + number(1);
      case 8 -> one("da", "dt") + comparison() + one("20240101", "20240101000000", "20231231.5");
      default -> text(0) + in() + text(0) + ", " + text(1) + ")";
    };
  }

  private String in() {
    return one(" IN (", " NOT IN (");
  }

  private String comparison() {
    return " " + one("=", "<=>", "<>", "<", "<=", ">", ">=") + " ";
  }

  private String number(int depth) {
    if (depth == 0) {
      return one(
          "pk", "bo", "d", "f", "0", "1", "2.5", "-7.50", "1e2", "'3'", "'2.5x'", "NULL", "0x0A");
    }
    String a = number(depth - 1);
    String b = number(depth - 1);
    return switch (random.nextInt(11)) {
      case 0 -> "(" + a + " + " + b + ")";
      case 1 -> "(" + a + " - " + b + ")";
      case 2 -> a + " * " + b;
      case 3 -> a + " / " + b;
      case 4 -> a + " DIV " + b;
      case 5 -> a + " % " + b;
      case 6 -> "-" + a;
      case 7 -> one("ABS", "FLOOR", "CEIL", "ROUND", "SIGN") + "(" + a + ")";
      case 8 -> one("CHAR_LENGTH", "LENGTH") + "(" + text(depth - 1) + ")";
      case 9 ->
          one("YEAR", "MONTH", "DAY", "QUARTER", "DAYOFYEAR") + "(" + one("da", "dt", "ts") + ")";
      default -> a;
    };
  }

  private String bits() {
    String a = one("i", "b", "u", "pk", "d");
    String b = one("1", "3", "255", "pk", "64");
    return switch (random.nextInt(4)) {
      case 0 ->
          "(" + a + one(" & ", " | ", " ^ ") + b + one(" & ", " | ", " ^ ", " << ", " >> ") + "3)";
      case 1 -> a + one(" << ", " >> ") + b;
      case 2 -> "~" + a;
      default -> one("i", "b", "u") + one(" % ", " DIV ") + b;
    };
  }

  private String text(int depth) {
    if (depth == 0) {
      return one("s", "c", "e", "'a'", "'A '", "'zz'", "'äöü'", "'12'", "''", "NULL", "'done'");
    }
    String a = text(depth - 1);
    String b = text(depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> "CONCAT(" + a + ", " + b + ")";
      case 1 -> "SUBSTR(" + a + ", " + one("1", "2", "-2", "0") + ", " + one("1", "2", "9") + ")";
      case 2 -> "REPLACE(" + a + ", " + b + ", 'x')";
      case 3 -> one("LOWER", "UPPER", "TRIM", "RTRIM") + "(" + a + ")";
      case 4 -> "COALESCE(" + a + ", " + b + ")";
      case 5 -> "CAST(" + one("pk", "d", "da", "y", "s") + " AS CHAR)";
      case 6 -> one("LEFT", "RIGHT") + "(" + a + ", " + one("1", "3") + ")";
      default -> a;
    };
  }

  private String pattern() {
    return one("'a%'", "'%a'", "'_'", "'%_%'", "'%o%e%'", "'1_'", "'%'", "''", "s", "'\\\\%'");
  }

  private String temporal() {
    return one(
        "da",
        "dt",
        "ts",
        "DATE(dt)",
        "CAST(dt AS DATE)",
        "DATE '2024-01-01'",
        "'2024-01-01'",
        "'2024-02-29 12:34:56.789'",
        "CAST('2023-12-31' AS DATETIME)",
        "LAST_DAY(da)",
        "NULL");
  }

  /** Several conditions. */
  List<String> conditions(int count) {
    return random.ints(count, 0, 3).mapToObj(this::condition).toList();
  }
}
