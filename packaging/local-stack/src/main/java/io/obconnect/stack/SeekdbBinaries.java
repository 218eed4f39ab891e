package io.obconnect.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The seekdb server, which comes inside a Python wheel and needs no Python to run.
 *
 * @param root of the unpacked wheel
 */
record SeekdbBinaries(Path root) {
  private static final String VERSION = "1.4.0.post1";
  private static final String SERVER = "pylibseekdb/seekdb";
  private static final Duration FETCH_DEADLINE = Duration.ofMinutes(5);

  static SeekdbBinaries find(EngineCache cache, ProcessSpawner spawner) {
    String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    return new SeekdbBinaries(
        cache.folder(
            "seekdb-" + VERSION + "-" + architecture,
            "fetching OceanBase seekdb " + VERSION + " (54 MB)",
            folder -> fetch(folder, architecture, spawner)));
  }

  Path server() {
    return root.resolve(SERVER);
  }

  Map<String, String> environment() {
    return Map.of(
        "LD_LIBRARY_PATH", root.resolve("pylibseekdb") + ":" + root.resolve("pylibseekdb.libs"));
  }

  private static void fetch(Path folder, String architecture, ProcessSpawner spawner)
      throws IOException {
    Path work = Files.createDirectories(folder.resolve("wheel"));
    List<String> download =
        List.of(
            "python3",
            "-m",
            "pip",
            "--disable-pip-version-check",
            "download",
            "--no-deps",
            "--only-binary=:all:",
            "--python-version",
            "3.11",
            "--platform",
            "manylinux_2_28_" + architecture,
            "--dest",
            work.toString(),
            "pylibseekdb==" + VERSION);
    spawner.run("pip download", download, work, work.resolve("pip.txt"), FETCH_DEADLINE);
    ZipArchive.unpack(wheel(work), folder, SeekdbBinaries::isNeeded);
    Files.setPosixFilePermissions(
        folder.resolve(SERVER), PosixFilePermissions.fromString("rwxr-xr-x"));
    FileTree.delete(work);
  }

  private static boolean isNeeded(String entry) {
    return entry.equals(SERVER)
        || entry.equals("pylibseekdb/libaio.so.1")
        || entry.startsWith("pylibseekdb.libs/");
  }

  private static Path wheel(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new LocalStackException("pip left no wheel in " + folder));
    }
  }
}
