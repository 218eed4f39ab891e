package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;

/** Collects what one conversion changes and what it stumbles over. */
final class ConversionLog {

  private final List<Rewrite> rewrites = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  void mapped(String object, String from, String to, String reason) {
    rewrites.add(new Rewrite(object, from, to, reason, Rewrite.Kind.MAPPED));
  }

  void dropped(String object, String from, String reason) {
    rewrites.add(new Rewrite(object, from, "", reason, Rewrite.Kind.DROPPED_OPTION));
  }

  void routine(String object, String from, String reason) {
    rewrites.add(new Rewrite(object, from, "", reason, Rewrite.Kind.ROUTINE_OPTION));
  }

  void notCarriedOver(String object, String from, String to, String reason) {
    rewrites.add(new Rewrite(object, from, to, reason, Rewrite.Kind.NOT_CARRIED_OVER));
  }

  void refuse(String reason) {
    refusals.add(reason);
  }

  List<String> refusals() {
    return List.copyOf(refusals);
  }

  List<Rewrite> rewrites() {
    return List.copyOf(rewrites);
  }

  static String column(ColumnDefinition column) {
    return column(column.name());
  }

  static String column(String name) {
    return "column " + SqlText.identifier(name);
  }

  static String index(IndexDefinition index) {
    return index.kind() == IndexDefinition.Kind.PRIMARY
        ? "primary key"
        : "index " + SqlText.identifier(index.name());
  }
}
