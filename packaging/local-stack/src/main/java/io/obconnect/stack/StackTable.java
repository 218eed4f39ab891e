package io.obconnect.stack;

import java.util.Locale;

/** The engines of a stack as text, one a line. */
final class StackTable {
  private static final String ROW = "%-14s %-28s %-9s %-9s %s%n";

  private StackTable() {}

  static String of(StackState state) {
    StringBuilder table = new StringBuilder();
    table.append(String.format(Locale.ROOT, ROW, "engine", "address", "pid", "running", "log"));
    for (StackState.Entry engine : state.engines()) {
      boolean external = engine.pid() == 0;
      String running = engine.process().isPresent() ? "yes" : "no";
      table.append(
          String.format(
              Locale.ROOT,
              ROW,
              engine.name(),
              engine.address(),
              external ? "-" : Long.toString(engine.pid()),
              external ? "external" : running,
              external ? "-" : engine.log()));
    }
    return table.toString();
  }
}
