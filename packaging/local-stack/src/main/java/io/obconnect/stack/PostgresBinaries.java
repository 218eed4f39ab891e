package io.obconnect.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The PostgreSQL programs: unpacked packages, or the machine's own.
 *
 * @param folder with {@code initdb} and {@code postgres}, which can be run from there
 */
record PostgresBinaries(Path folder) {
  private static final String BINARY = ".elf";

  static PostgresBinaries find(EngineCache cache, ProcessSpawner spawner) {
    if (!DebianPackages.areAvailable()) {
      return Executables.onPath("postgres")
          .map(program -> new PostgresBinaries(program.getParent()))
          .orElseThrow(
              () ->
                  new LocalStackException(
                      "neither apt-get with dpkg nor postgres is on the PATH: install PostgreSQL"));
    }
    DebianPackages packages = new DebianPackages(spawner, "postgresql");
    Path root =
        cache.folder(
            "postgresql-sid-" + System.getProperty("os.arch"),
            "fetching PostgreSQL (about 60 MB)",
            folder -> {
              packages.unpackInto(folder);
              UnpackedPrograms programs = new UnpackedPrograms(folder);
              for (String program : List.of("initdb", "postgres")) {
                makeRunnable(programs, programFolder(programs).resolve(program));
              }
            });
    return new PostgresBinaries(programFolder(new UnpackedPrograms(root)));
  }

  String initdb() {
    return folder.resolve("initdb").toString();
  }

  String server() {
    return folder.resolve("postgres").toString();
  }

  /** The package's name does not say which version it brings. */
  private static Path programFolder(UnpackedPrograms programs) {
    return programs.matching("usr/lib/postgresql", "*").stream()
        .findFirst()
        .map(version -> version.resolve("bin"))
        .orElseThrow(() -> new LocalStackException("no PostgreSQL below " + programs.root()));
  }

  /**
   * Puts a script in a program's place that runs it through its own loader: initdb runs the server
   * that it finds beside it. The script finds the folder anew, which is moved when it is complete.
   */
  private static void makeRunnable(UnpackedPrograms programs, Path program) {
    Path root = programs.root();
    String script =
        """
        #!/bin/sh
        root=${0%%/%s}
        exec "$root/%s" --library-path "$root/%s" "$0%s" "$@"
        """
            .formatted(
                root.relativize(program),
                root.relativize(programs.loader()),
                root.relativize(programs.libraries()),
                BINARY);
    try {
      Files.move(program, program.resolveSibling(program.getFileName() + BINARY));
      Files.writeString(program, script);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + program + " runnable", e);
    }
  }
}
