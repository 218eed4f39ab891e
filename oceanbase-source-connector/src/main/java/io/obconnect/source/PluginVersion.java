package io.obconnect.source;

import java.util.Objects;

/** The version that the build wrote into the jar's manifest. */
final class PluginVersion {
  private PluginVersion() {}

  static String current() {
    return Objects.requireNonNullElse(
        PluginVersion.class.getPackage().getImplementationVersion(), "development");
  }
}
