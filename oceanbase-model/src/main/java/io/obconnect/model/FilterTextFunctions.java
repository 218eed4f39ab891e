package io.obconnect.model;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** Functions of texts. Positions and lengths count characters, positions from 1. */
final class FilterTextFunctions {

  private FilterTextFunctions() {}

  static void register(FilterFunctions functions) {
    functions.add(
        "CONCAT",
        1,
        FilterFunctions.ANY,
        values -> values.stream().map(FilterTexts::text).collect(Collectors.joining()));
    functions.addLazy("CONCAT_WS", 2, FilterFunctions.ANY, FilterTextFunctions::joined);
    functions.add("SUBSTR SUBSTRING MID", 2, 3, FilterTextFunctions::substring);
    functions.add("LEFT", 2, 2, values -> part(text(values, 0), 0, number(values, 1)));
    functions.add("RIGHT", 2, 2, FilterTextFunctions::right);
    functions.add("REPLACE", 3, 3, FilterTextFunctions::replaced);
    functions.add("LOWER LCASE", 1, 1, values -> mapped(values.get(0), Character::toLowerCase));
    functions.add("UPPER UCASE", 1, 1, values -> mapped(values.get(0), Character::toUpperCase));
    functions.add("TRIM", 1, 1, values -> trimmed(text(values, 0), true, true));
    functions.add("LTRIM", 1, 1, values -> trimmed(text(values, 0), true, false));
    functions.add("RTRIM", 1, 1, values -> trimmed(text(values, 0), false, true));
    functions.add(
        "LENGTH OCTET_LENGTH", 1, 1, values -> (long) FilterTexts.bytes(values.get(0)).length);
    functions.add("CHAR_LENGTH CHARACTER_LENGTH", 1, 1, FilterTextFunctions::length);
    functions.add("LOCATE", 2, 3, FilterTextFunctions::position);
    functions.add("INSTR", 2, 2, values -> position(List.of(values.get(1), values.get(0))));
    functions.add("CRC32", 1, 1, FilterTextFunctions::checksum);
    functions.addLazy("REGEXP_LIKE", 2, 2, FilterTextFunctions::regexpLike);
    functions.addLazy("REGEXP_REPLACE", 3, 3, FilterTextFunctions::regexpReplace);
  }

  static FilterExpression regexpLike(List<FilterExpression> arguments) {
    FilterRegex regex = new FilterRegex(literal(arguments.get(1), "regular expression"));
    return FilterFunctions.strict(arguments.subList(0, 1), values -> regex.isIn(text(values, 0)));
  }

  private static FilterExpression regexpReplace(List<FilterExpression> arguments) {
    FilterRegex regex = new FilterRegex(literal(arguments.get(1), "regular expression"));
    String replacement = literal(arguments.get(2), "replacement");
    return FilterFunctions.strict(
        arguments.subList(0, 1), values -> regex.replaced(text(values, 0), replacement));
  }

  private static String literal(FilterExpression argument, String role) {
    if (argument instanceof FilterExpression.Literal literal
        && literal.constant() instanceof String text) {
      return text;
    }
    throw new RowFilterException(
        "row filter: a " + role + " must be a text literal, not a column or an expression");
  }

  private static String text(List<Object> values, int index) {
    return FilterTexts.text(values.get(index));
  }

  private static long number(List<Object> values, int index) {
    return FilterNumbers.saturated(values.get(index));
  }

  private static long characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static Object length(List<Object> values) {
    Object value = values.get(0);
    return FilterTexts.isBytes(value)
        ? (long) FilterTexts.bytes(value).length
        : characters(FilterTexts.text(value));
  }

  /** CONCAT_WS leaves NULL out, unless it is the separator. */
  private static FilterExpression joined(List<FilterExpression> arguments) {
    return row -> {
      Object separator = arguments.get(0).value(row);
      return separator == null
          ? null
          : arguments.subList(1, arguments.size()).stream()
              .map(argument -> argument.value(row))
              .filter(value -> value != null)
              .map(FilterTexts::text)
              .collect(Collectors.joining(FilterTexts.text(separator)));
    };
  }

  private static Object substring(List<Object> values) {
    String text = text(values, 0);
    long start = number(values, 1);
    long count = values.size() == 3 ? number(values, 2) : Long.MAX_VALUE;
    long length = characters(text);
    if (start == 0 || start < -length) {
      return "";
    }
    return part(text, start > 0 ? start - 1 : length + start, count);
  }

  private static Object right(List<Object> values) {
    String text = text(values, 0);
    long count = Math.max(number(values, 1), 0);
    return part(text, Math.max(characters(text) - count, 0), count);
  }

  /** Returns at most {@code count} characters from the one with that index on. */
  private static String part(String text, long from, long count) {
    long length = characters(text);
    if (count <= 0 || from >= length) {
      return "";
    }
    int start = text.offsetByCodePoints(0, (int) from);
    return text.substring(
        start, text.offsetByCodePoints(start, (int) Math.min(count, length - from)));
  }

  private static Object replaced(List<Object> values) {
    String sought = text(values, 1);
    return sought.isEmpty() ? text(values, 0) : text(values, 0).replace(sought, text(values, 2));
  }

  /** Character by character, as MySQL does: no character becomes two. */
  private static Object mapped(Object value, IntUnaryOperator mapping) {
    if (FilterTexts.isBytes(value)) {
      return value;
    }
    return FilterTexts.text(value)
        .codePoints()
        .map(mapping)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String trimmed(String text, boolean atStart, boolean atEnd) {
    int start = 0;
    int end = text.length();
    while (atStart && start < end && text.charAt(start) == ' ') {
      start++;
    }
    while (atEnd && end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(start, end);
  }

  private static Object position(List<Object> values) {
    String sought = text(values, 0);
    String text = text(values, 1);
    long from = values.size() == 3 ? number(values, 2) : 1;
    if (from < 1 || from > characters(text) + 1) {
      return 0L;
    }
    int found = text.indexOf(sought, text.offsetByCodePoints(0, (int) from - 1));
    return found < 0 ? 0L : text.codePointCount(0, found) + 1L;
  }

  private static Object checksum(List<Object> values) {
    CRC32 crc = new CRC32();
    crc.update(FilterTexts.bytes(values.get(0)));
    return crc.getValue();
  }
}
