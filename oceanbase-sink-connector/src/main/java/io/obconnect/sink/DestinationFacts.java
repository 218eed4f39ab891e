package io.obconnect.sink;

import io.obconnect.model.DestinationProfile;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What the task wants to know of its destination.
 *
 * @param memstore share of its memstore limit that the fullest server uses; empty where the
 *     destination does not show it
 */
record DestinationFacts(DestinationProfile profile, OptionalDouble memstore) {
  DestinationFacts {
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(memstore, "memstore");
  }
}
