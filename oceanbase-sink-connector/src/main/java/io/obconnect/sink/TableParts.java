package io.obconnect.sink;

import io.obconnect.model.ConversionOptions;
import io.obconnect.model.TablePart;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** How an option names the parts of a table that can be added later. */
final class TableParts {

  private TableParts() {}

  static List<String> optionValues() {
    return Arrays.stream(TablePart.values())
        .filter(TableParts::canBeHeldBack)
        .map(OptionValues::of)
        .toList();
  }

  private static boolean canBeHeldBack(TablePart part) {
    try {
      ConversionOptions.full().withHeldBack(Set.of(part));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static Set<TablePart> parse(Collection<String> texts) {
    return Arrays.stream(TablePart.values())
        .filter(part -> texts.contains(OptionValues.of(part)))
        .collect(Collectors.toUnmodifiableSet());
  }

  static ConfigDef.Validator validator() {
    List<String> values = optionValues();
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          if (!values.containsAll((List<?>) value)) {
            throw new ConfigException(name, value, "possible are " + String.join(", ", values));
          }
        },
        () -> "of " + values);
  }
}
