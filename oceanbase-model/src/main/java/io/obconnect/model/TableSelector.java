package io.obconnect.model;

import java.util.List;
import java.util.Optional;

/**
 * Chooses tables by include and exclude rules, as OceanBase Migration Service does: a table is
 * chosen when an include rule fits and no exclude rule does.
 *
 * <p>Rules are separated by commas or line breaks. A rule is {@code database.table}, with wildcards
 * in each part: {@code *} any characters, {@code ?} one character, {@code [a-z]} one of these,
 * {@code [!a-z]} one of all others; or a regular expression between slashes for the whole of {@code
 * database.table}, in which a slash is written {@code \/}. Names with special characters stand
 * between backticks, backticks in them doubled. Upper and lower case differ. For example {@code
 * shop.*, crm.user_[0-9], `my.db`.t, /log_\d+\.event/}.
 *
 * <p>Immutable; any thread may use it.
 */
public final class TableSelector {

  private static final String FORM = "database.table";

  private final List<NamePattern> included;
  private final List<NamePattern> excluded;

  private TableSelector(List<NamePattern> included, List<NamePattern> excluded) {
    this.included = included;
    this.excluded = excluded;
  }

  /**
   * Whether a table is chosen.
   *
   * @param reason names the rule that decided, or says that none did
   */
  public record Decision(boolean selected, String reason) {}

  /**
   * Reads the rules.
   *
   * @param include what is chosen; without a rule every table is
   * @param exclude what is not chosen nevertheless; may be empty
   * @throws IllegalArgumentException naming the rule that cannot be read, and why
   */
  public static TableSelector parse(String include, String exclude) {
    return new TableSelector(patterns(include), patterns(exclude));
  }

  private static List<NamePattern> patterns(String option) {
    return NameRules.entries(option).stream().map(rule -> NamePattern.of(rule, FORM)).toList();
  }

  /** Decides about a table. */
  public Decision decide(TableId table) {
    Optional<NamePattern> exclusion = first(excluded, table);
    if (exclusion.isPresent()) {
      return new Decision(false, "excluded by the rule '" + exclusion.get() + "'");
    }
    if (included.isEmpty()) {
      return new Decision(true, "there is no include rule");
    }
    return first(included, table)
        .map(rule -> new Decision(true, "included by the rule '" + rule + "'"))
        .orElseGet(() -> new Decision(false, "no include rule fits"));
  }

  private static Optional<NamePattern> first(List<NamePattern> rules, TableId table) {
    return rules.stream().filter(rule -> rule.matches(table.database(), table.table())).findFirst();
  }
}
