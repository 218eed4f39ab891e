package io.obconnect.model;

import java.util.Objects;

/** The version of a plugin, as Connect shows it. */
public final class PluginVersion {
  private PluginVersion() {}

  /** Returns what the build wrote into the manifest of the jar that a class comes from. */
  public static String of(Class<?> plugin) {
    return Objects.requireNonNullElse(
        plugin.getPackage().getImplementationVersion(), "development");
  }
}
