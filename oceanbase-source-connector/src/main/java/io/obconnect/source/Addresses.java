package io.obconnect.source;

import io.obconnect.model.ServerAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The addresses of one database, of which one is in use. One thread only. */
final class Addresses {

  /** The first is that of the options as they are. */
  private final List<ServerAddress> further;

  private final Set<Integer> withoutPosition = new HashSet<>();
  private int current;

  private Addresses(List<ServerAddress> further) {
    this.further = List.copyOf(further);
  }

  /** Those of a connector's options. */
  static Addresses of(Map<String, String> options) {
    return new Addresses(ReconnectOptions.addresses(options));
  }

  /** The options with the address that is in use. */
  Map<String, String> applyTo(Map<String, String> options) {
    if (current == 0) {
      return options;
    }
    ServerAddress address = further.get(current - 1);
    Map<String, String> changed = new HashMap<>(options);
    changed.put(SourceDefaults.HOSTNAME, address.host());
    changed.put(SourceDefaults.PORT, String.valueOf(address.port()));
    return changed;
  }

  /** Uses the next one, behind the last one the first. */
  void next() {
    current = (current + 1) % (further.size() + 1);
  }

  /**
   * Notes that the one in use does not have what comes next.
   *
   * @return whether another one may have it
   */
  boolean isPositionElsewhere() {
    withoutPosition.add(current);
    return withoutPosition.size() <= further.size();
  }

  /** Notes that the stream goes on. */
  void proven() {
    withoutPosition.clear();
  }
}
