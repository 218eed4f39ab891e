package io.obconnect.model;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/** Options as Markdown, a table for each group, so that the documentation is made of the code. */
public final class OptionTable {
  private OptionTable() {}

  /**
   * Returns the tables, in the order of the groups, with a blank line before each and at the end.
   */
  public static String of(ConfigDef definition) {
    return definition.groups().stream()
        .map(group -> group(definition, group))
        .collect(Collectors.joining("", "", "\n"));
  }

  private static String group(ConfigDef definition, String group) {
    return definition.configKeys().values().stream()
        .filter(key -> group.equals(key.group))
        .sorted(Comparator.comparingInt(key -> key.orderInGroup))
        .map(OptionTable::row)
        .collect(
            Collectors.joining(
                "",
                "\n**"
                    + group
                    + "**\n\n| Option | Default | Valid values | Importance | Meaning |\n"
                    + "|---|---|---|---|---|\n",
                ""));
  }

  private static String row(ConfigKey key) {
    return String.join(
            " | ",
            "| `" + key.name + "`",
            defaultOf(key),
            cell(type(key)),
            key.importance.name().toLowerCase(Locale.ROOT),
            cell(key.documentation) + " |")
        + "\n";
  }

  private static String defaultOf(ConfigKey key) {
    if (!key.hasDefault()) {
      return "(required)";
    }
    String text =
        key.defaultValue instanceof Password password
            ? password.value()
            : ConfigDef.convertToString(key.defaultValue, key.type);
    return text.isEmpty() ? "(empty)" : "`" + text + "`";
  }

  private static String type(ConfigKey key) {
    String type = key.type.name().toLowerCase(Locale.ROOT);
    return key.validator == null
        ? type
        : type + ", " + key.validator.toString().replace(",...,", " to ");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
