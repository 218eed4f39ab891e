package io.obconnect.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** mydumper and myloader: the machine's own, or unpacked packages run through their own loader. */
final class MydumperBinaries {
  private static final Set<String> TOOLS = Set.of("mydumper", "myloader");

  private MydumperBinaries() {}

  static ClientProgram find(EngineCache cache, ProcessSpawner spawner, String tool) {
    if (!TOOLS.contains(tool)) {
      throw new IllegalArgumentException("no such program: " + tool + ", only " + TOOLS);
    }
    Optional<Path> own = Executables.onPath(tool);
    if (own.isPresent()) {
      return new ClientProgram(List.of(own.get().toString()), Map.of());
    }
    if (!DebianPackages.areAvailable()) {
      throw new LocalStackException(
          tool + " is not on the PATH, and neither are apt-get and dpkg, to fetch it");
    }
    Path root =
        cache.folder(
            "mydumper-sid-" + System.getProperty("os.arch"),
            "fetching mydumper (about 15 MB)",
            new DebianPackages(spawner, "mydumper")::unpackInto);
    UnpackedPrograms programs = new UnpackedPrograms(root);
    return new ClientProgram(
        programs.command("usr/bin/" + tool),
        // Ways to log in are plugins, and looked for where the package would be installed.
        Map.of(
            "MARIADB_PLUGIN_DIR", programs.libraries().resolve("libmariadb3/plugin").toString()));
  }
}
