package io.obconnect.source;

import java.util.List;
import java.util.Optional;

/** Names in a finding: there may be thousands. */
final class FoundNames {
  private static final int SHOWN = 5;

  private FoundNames() {}

  /** The first few, and how many more; empty if there is none. */
  static Optional<String> list(List<String> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    int more = names.size() - SHOWN;
    return Optional.of(more > 0 ? shown + " and " + more + " more" : shown);
  }
}
