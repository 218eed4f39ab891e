package io.obconnect.sink;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** How options are written and checked: constants as lower-case words, joined by hyphens. */
final class OptionValues {
  private OptionValues() {}

  /** How a constant is written. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant that is written like this. */
  static <E extends Enum<E>> E parse(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Allows all constants. */
  static <E extends Enum<E>> ConfigDef.Validator validator(Class<E> type) {
    return ConfigDef.ValidString.in(
        Arrays.stream(type.getEnumConstants()).map(OptionValues::of).toArray(String[]::new));
  }

  /** Allows the texts that a parser takes, which may be empty. */
  static ConfigDef.Validator parsed(String form, Consumer<String> parser) {
    return validator(form, value -> parser.accept(Objects.requireNonNullElse((String) value, "")));
  }

  /** Allows the lists that a parser takes. */
  static ConfigDef.Validator parsedList(String form, Consumer<Collection<?>> parser) {
    return validator(form, value -> parser.accept((List<?>) value));
  }

  /** Allows the values that a check passes, and no empty ones. */
  static ConfigDef.Validator checked(String form, Consumer<Object> check) {
    return validator(
        form,
        value -> {
          if (value == null || (value instanceof List<?> list && list.isEmpty())) {
            throw new IllegalArgumentException("at least one is needed: " + form);
          }
          check.accept(value);
        });
  }

  private static ConfigDef.Validator validator(String form, Consumer<Object> check) {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          try {
            check.accept(value);
          } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
          }
        },
        () -> form);
  }
}
