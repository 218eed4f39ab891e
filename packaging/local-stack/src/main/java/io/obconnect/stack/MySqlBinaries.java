package io.obconnect.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The MySQL programs: unpacked packages run through their own loader, or the machine's own.
 *
 * @param root of the unpacked packages, null for the machine's own programs
 * @param templateName of the initialised data folder in the engine cache
 */
record MySqlBinaries(Path root, String templateName) {
  private static final Duration INITIALIZE_DEADLINE = Duration.ofMinutes(2);
  private static final Set<String> CLIENTS = Set.of("mysql", "mysqldump");

  static MySqlBinaries find(EngineCache cache, ProcessSpawner spawner) {
    String name = "mysql-sid-" + System.getProperty("os.arch");
    if (DebianPackages.areAvailable()) {
      DebianPackages packages =
          new DebianPackages(spawner, "mysql-server-core", "mysql-client-core");
      Path root = cache.folder(name, "fetching MySQL (about 65 MB)", packages::unpackInto);
      return new MySqlBinaries(root, name + "-data");
    }
    Path own =
        Executables.onPath("mysqld")
            .orElseThrow(
                () ->
                    new LocalStackException(
                        "neither apt-get with dpkg nor mysqld is on the PATH: install MySQL, or"
                            + " name an existing server (bin/stack up --mysql host:port)"));
    try {
      // Another version of the program must not get this one's data folder.
      long changed = Files.getLastModifiedTime(own).toMillis();
      return new MySqlBinaries(null, "mysql-own-" + changed + "-data");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + own, e);
    }
  }

  /** The start of every server command on a data folder. */
  List<String> server(Path data) {
    if (root == null) {
      return List.of("mysqld", "--no-defaults", "--datadir=" + data);
    }
    return concat(
        program("usr/sbin/mysqld"),
        List.of(
            "--no-defaults",
            "--basedir=" + root.resolve("usr"),
            "--datadir=" + data,
            "--lc-messages-dir=" + root.resolve("usr/share/mysql"),
            "--plugin-dir=" + root.resolve("usr/lib/mysql/plugin")));
  }

  /** The start of a client command; options may follow. */
  List<String> client(String tool) {
    if (!CLIENTS.contains(tool)) {
      throw new IllegalArgumentException("no such client: " + tool + ", only " + CLIENTS);
    }
    return root == null
        ? List.of(tool, "--no-defaults")
        : concat(program("usr/bin/" + tool), List.of("--no-defaults"));
  }

  /** An initialised data folder to copy: initialising takes longer than copying. */
  Path template(EngineCache cache, ProcessSpawner spawner) {
    return cache.folder(
        templateName,
        "initialising a MySQL data folder",
        part -> {
          Path log = part.resolve("initialize.txt");
          spawner.run(
              "mysqld --initialize-insecure",
              concat(
                  server(part.resolve("data")), concat(List.of("--initialize-insecure"), asRoot())),
              part,
              log,
              INITIALIZE_DEADLINE);
          // The identity of a server: two copies with one identity confuse replication clients.
          Files.deleteIfExists(part.resolve("data/auto.cnf"));
        });
  }

  /** MySQL refuses to run as root by mistake. */
  static List<String> asRoot() {
    return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
  }

  private List<String> program(String path) {
    return new UnpackedPrograms(root).command(path);
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
