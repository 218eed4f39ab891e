package io.obconnect.sink;

import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlPolicy;
import io.obconnect.model.DdlStatement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The options {@code ddl.KIND}, one for each kind of schema change. */
final class DdlOptions {
  static final String PREFIX = "ddl.";

  /** Settings and maintenance change nothing that is kept. */
  private static final Set<DdlKind> WITHOUT_OPTION = EnumSet.of(DdlKind.NOT_A_SCHEMA_CHANGE);

  private static final Set<DdlKind> NEVER_APPLIED =
      EnumSet.of(
          DdlKind.CREATE_TABLE_AS_SELECT,
          DdlKind.TEMPORARY_TABLE,
          DdlKind.ROUTINE,
          DdlKind.TRIGGER,
          DdlKind.EVENT,
          DdlKind.ACCOUNT,
          DdlKind.SERVER_OBJECT,
          DdlKind.UNPARSEABLE);

  private DdlOptions() {}

  /** The kinds that have an option. */
  static List<DdlKind> kinds() {
    return Arrays.stream(DdlKind.values()).filter(kind -> !WITHOUT_OPTION.contains(kind)).toList();
  }

  /** The names of a statement's kinds. */
  static String kinds(DdlStatement statement) {
    return statement.ddlKinds().stream().map(DdlKind::optionName).collect(Collectors.joining(","));
  }

  static String name(DdlKind kind) {
    return PREFIX + kind.optionName();
  }

  /** What may be chosen for a kind. */
  static List<String> choices(DdlKind kind) {
    return Arrays.stream(DdlPolicy.values())
        .filter(policy -> policy != DdlPolicy.APPLY || !NEVER_APPLIED.contains(kind))
        .map(OptionValues::of)
        .toList();
  }

  static void define(ConfigDef definition, String group, int order) {
    int next = order;
    for (DdlKind kind : kinds()) {
      definition.define(
          name(kind),
          ConfigDef.Type.STRING,
          OptionValues.of(kind.defaultPolicy()),
          ValidString.in(choices(kind).toArray(String[]::new)),
          Importance.LOW,
          "Default because: " + kind.reason() + ".",
          group,
          next++,
          Width.SHORT,
          kind.optionName());
    }
  }
}
