package io.obconnect.verifier;

import io.obconnect.model.SqlText;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A column of the source and the column of the same name on the destination. */
record ColumnPair(ColumnInfo source, ColumnInfo destination) {

  private static final Set<ColumnKind> SCALED =
      EnumSet.of(ColumnKind.DECIMAL, ColumnKind.DATETIME, ColumnKind.TIMESTAMP, ColumnKind.TIME);

  String name() {
    return source.name();
  }

  ColumnKind kind() {
    return source.kind();
  }

  /** Why no canonical text of these two types can be trusted; empty if it can. */
  Optional<String> obstacle(Set<ColumnKind> unreliable) {
    if (kind() == ColumnKind.UNSUPPORTED) {
      return because("type " + source.type() + " has no canonical text");
    }
    // A coerced text or number of another kind could hide a difference.
    if (kind() != destination.kind()) {
      return because(
          "type " + source.type() + " is not comparable with type " + destination.type());
    }
    if (SCALED.contains(kind()) && source.scale() != destination.scale()) {
      return because("scale of " + source.type() + " differs from " + destination.type());
    }
    if (unreliable.contains(kind())) {
      return because("the engines write values of type " + source.type() + " differently");
    }
    return Optional.empty();
  }

  private Optional<String> because(String text) {
    return Optional.of("column " + SqlText.identifier(name()) + ": " + text);
  }

  /** The canonical text of this column, the same SQL for both engines. */
  String canonicalText() {
    return ChecksumExpression.canonicalText(
        SqlText.identifier(name()),
        kind(),
        source.zerofill() || destination.zerofill(),
        Math.max(source.octets(), destination.octets()));
  }
}
