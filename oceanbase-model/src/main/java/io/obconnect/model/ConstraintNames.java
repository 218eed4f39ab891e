package io.obconnect.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives unnamed foreign keys and checks the names MySQL gives: later statements use them. MySQL
 * renames them with their table, which OceanBase does not.
 */
final class ConstraintNames {

  private static final String FOREIGN_KEY = "_ibfk_";
  private static final String CHECK = "_chk_";
  private static final Pattern GENERATED = Pattern.compile("(?s).*(_(?:ibfk|chk)_\\d+)");

  private ConstraintNames() {}

  /** Returns the table with a name for each of its foreign keys and checks. */
  static TableDefinition named(TableDefinition table) {
    TableDefinition result = table.withForeignKeys(List.of()).withChecks(List.of());
    for (ForeignKey key : table.foreignKeys()) {
      String name = key.name().isEmpty() ? nextForeignKey(result) : key.name();
      result = result.withForeignKeys(with(result.foreignKeys(), key.withName(name)));
    }
    for (CheckConstraint check : table.checks()) {
      String name = check.name().isEmpty() ? nextCheck(result) : check.name();
      result = result.withChecks(with(result.checks(), check.withName(name)));
    }
    return result;
  }

  private static <T> List<T> with(List<T> all, T more) {
    return Stream.concat(all.stream(), Stream.of(more)).toList();
  }

  static String nextForeignKey(TableDefinition table) {
    return next(table, FOREIGN_KEY, table.foreignKeys().stream().map(ForeignKey::name).toList());
  }

  static String nextCheck(TableDefinition table) {
    return next(table, CHECK, table.checks().stream().map(CheckConstraint::name).toList());
  }

  private static String next(TableDefinition table, String infix, List<String> names) {
    int highest =
        names.stream()
            .map(name -> number(name, infix))
            .filter(OptionalInt::isPresent)
            .mapToInt(OptionalInt::getAsInt)
            .max()
            .orElse(0);
    return table.id().table() + infix + (highest + 1);
  }

  private static OptionalInt number(String name, String infix) {
    int start = name.toLowerCase(Locale.ROOT).lastIndexOf(infix);
    String digits = start < 0 ? "" : name.substring(start + infix.length());
    return digits.matches("\\d{1,9}")
        ? OptionalInt.of(Integer.parseInt(digits))
        : OptionalInt.empty();
  }

  static boolean isGenerated(String name) {
    return GENERATED.matcher(name).matches();
  }

  /**
   * Returns the one of the names that a statement means: itself, or the only one that MySQL gave
   * for a table of another name; else the name as it is.
   */
  static String existing(String name, List<String> names) {
    Optional<String> same = names.stream().filter(name::equalsIgnoreCase).findFirst();
    if (same.isPresent()) {
      return same.get();
    }
    Matcher generated = GENERATED.matcher(name);
    if (!generated.matches()) {
      return name;
    }
    List<String> alike = names.stream().filter(n -> n.endsWith(generated.group(1))).toList();
    return alike.size() == 1 ? alike.get(0) : name;
  }
}
