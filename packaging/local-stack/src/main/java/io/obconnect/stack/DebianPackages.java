package io.obconnect.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fetches programs and their libraries as Debian packages into a folder, without installing
 * anything: a private apt state on suite sid of the archive that apt is configured with.
 */
final class DebianPackages {
  private static final Path APT_CONFIGURATION = Path.of("/etc/apt");
  private static final Path OS_RELEASE = Path.of("/etc/os-release");
  private static final Duration TOOL_DEADLINE = Duration.ofMinutes(5);

  private final ProcessSpawner spawner;
  private final List<String> wanted;

  DebianPackages(ProcessSpawner spawner, String... wanted) {
    this.spawner = spawner;
    this.wanted = List.of(wanted);
  }

  /** Whether this machine has the tools. */
  static boolean areAvailable() {
    return Executables.onPath("apt-get").isPresent() && Executables.onPath("dpkg").isPresent();
  }

  /**
   * Downloads and unpacks; the folder then holds {@code usr} with the packages and all they need.
   */
  void unpackInto(Path root) throws IOException {
    Path work = Files.createDirectories(root.resolve("apt"));
    Path debs = Files.createDirectories(work.resolve("debs"));
    List<String> apt = privateApt(work);
    run("apt-get update", with(apt, List.of("update")), work);
    List<String> download = with(apt, List.of("download"));
    download.addAll(dependencies(apt, work));
    run("apt-get download", download, debs);
    try (Stream<Path> files = Files.list(debs)) {
      for (Path deb : files.filter(file -> file.toString().endsWith(".deb")).toList()) {
        run("dpkg -x", List.of("dpkg", "-x", deb.toString(), root.toString()), work);
      }
    }
    FileTree.delete(work);
  }

  private static List<String> privateApt(Path work) throws IOException {
    Files.createDirectories(work.resolve("lists/partial"));
    Files.createDirectories(work.resolve("cache/archives/partial"));
    Files.createFile(work.resolve("status"));
    Path source = work.resolve("sid.sources");
    Files.writeString(source, sidSource(configuredArchive()));
    List<String> command = new ArrayList<>(List.of("apt-get", "-q"));
    for (String option :
        List.of(
            "Dir::State::Lists=" + work.resolve("lists"),
            "Dir::Etc::SourceList=" + source,
            "Dir::Etc::SourceParts=/dev/null",
            "Dir::State::status=" + work.resolve("status"),
            "Dir::Cache=" + work.resolve("cache"),
            // The user _apt may not write into our folders.
            "APT::Sandbox::User=root",
            "Acquire::Languages=none")) {
      command.addAll(List.of("-o", option));
    }
    return command;
  }

  static String sidSource(AptSources.Archive archive) {
    String stanza =
        "Types: deb\nURIs: %s\nSuites: sid\nComponents: main\n".formatted(archive.uri());
    return archive.signedBy().isEmpty()
        ? stanza
        : stanza + "Signed-By: " + archive.signedBy() + "\n";
  }

  private static AptSources.Archive configuredArchive() throws IOException {
    List<AptSources.Archive> archives = new ArrayList<>();
    for (Path file : sourceFiles()) {
      String text = Files.readString(file);
      archives.addAll(
          file.toString().endsWith(".sources")
              ? AptSources.parseStanzas(text)
              : AptSources.parseLines(text));
    }
    return AptSources.mainArchive(archives, codename())
        .orElseThrow(
            () ->
                new LocalStackException(
                    "no main Debian archive is configured in "
                        + APT_CONFIGURATION
                        + ": cannot fetch the engine there (an existing one can be named to"
                        + " bin/stack up)"));
  }

  private static List<Path> sourceFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    Path list = APT_CONFIGURATION.resolve("sources.list");
    if (Files.exists(list)) {
      files.add(list);
    }
    Path parts = APT_CONFIGURATION.resolve("sources.list.d");
    if (Files.isDirectory(parts)) {
      try (Stream<Path> found = Files.list(parts)) {
        found.filter(file -> file.toString().matches(".*\\.(list|sources)")).forEach(files::add);
      }
    }
    return files;
  }

  private static String codename() throws IOException {
    return Files.readString(OS_RELEASE)
        .lines()
        .filter(line -> line.startsWith("VERSION_CODENAME="))
        .map(line -> line.substring("VERSION_CODENAME=".length()).replace("\"", ""))
        .findFirst()
        .orElse("sid");
  }

  /** With an empty package status apt names every library, the C library included. */
  private List<String> dependencies(List<String> apt, Path work) throws IOException {
    List<String> simulate = with(apt, List.of("install", "-s", "--no-install-recommends"));
    simulate.addAll(wanted);
    Path plan = work.resolve("plan.txt");
    spawner.run("apt-get install -s", simulate, work, plan, TOOL_DEADLINE);
    return Files.readString(plan)
        .lines()
        .filter(line -> line.startsWith("Inst "))
        .map(line -> line.split(" ", -1)[1])
        .toList();
  }

  private void run(String what, List<String> command, Path folder) {
    spawner.run(what, command, folder, folder.resolve("tool.txt"), TOOL_DEADLINE);
  }

  private static List<String> with(List<String> command, List<String> more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(more);
    return all;
  }
}
