package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

/**
 * The option table in README.md is the one of the code. {@code mvn test -Dtest=OptionTableTest
 * -Dreadme.update=true} in this module writes it anew.
 */
class OptionTableTest {
  private static final String BEGIN = "<!-- options: oceanbase-sink -->";
  private static final String END = "<!-- /options -->";
  private static final Path README =
      Path.of(System.getProperty("obconnect.root", "..")).resolve("README.md");

  @Test
  void readmeHoldsTheOptions() throws IOException {
    String readme = Files.readString(README, StandardCharsets.UTF_8);
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END, Math.max(begin, 0));
    assertTrue(begin >= 0 && end > begin, README + " lacks the lines " + BEGIN + " and " + END);
    String updated =
        readme.substring(0, begin + BEGIN.length())
            + "\n"
            + table(OceanBaseSinkConfig.definition())
            + readme.substring(end);
    if (Boolean.getBoolean("readme.update")) {
      Files.writeString(README, updated, StandardCharsets.UTF_8);
      return;
    }
    assertEquals(
        updated, readme, "run this test with -Dreadme.update=true to write the table anew");
  }

  private static String table(ConfigDef definition) {
    return definition.groups().stream()
        .map(group -> group(definition, group))
        .collect(Collectors.joining("", "", "\n"));
  }

  private static String group(ConfigDef definition, String group) {
    return definition.configKeys().values().stream()
        .filter(key -> group.equals(key.group))
        .sorted(Comparator.comparingInt(key -> key.orderInGroup))
        .map(OptionTableTest::row)
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
