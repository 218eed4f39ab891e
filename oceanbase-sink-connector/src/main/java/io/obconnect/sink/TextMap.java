package io.obconnect.sink;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How options name character sets, or collations, of the source and what takes their place. */
final class TextMap {
  static final String FORM = "source:destination, separated by commas";

  private static final Pattern PAIR = Pattern.compile("\\s*(\\w+)\\s*:\\s*(\\w+)\\s*");

  private TextMap() {}

  /**
   * Reads pairs.
   *
   * @throws IllegalArgumentException if one of them is none, or a name stands on the left twice
   */
  static Map<String, String> parse(Collection<?> pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Object pair : pairs) {
      Matcher matcher = PAIR.matcher(pair.toString().toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new IllegalArgumentException("'" + pair + "' is not of the form " + FORM);
      }
      if (map.put(matcher.group(1), matcher.group(2)) != null) {
        throw new IllegalArgumentException(matcher.group(1) + " is mapped twice");
      }
    }
    return Map.copyOf(map);
  }
}
