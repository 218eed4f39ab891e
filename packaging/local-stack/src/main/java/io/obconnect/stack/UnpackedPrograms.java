package io.obconnect.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs of packages that are unpacked and not installed: they run through the loader and the
 * libraries that came with them, not through the machine's own.
 *
 * @param root of the unpacked packages
 */
record UnpackedPrograms(Path root) {
  /** The start of a command. */
  List<String> command(String program) {
    return List.of(
        loader().toString(),
        "--library-path",
        libraries().toString(),
        root.resolve(program).toString());
  }

  Path loader() {
    return List.of("usr/lib64", "usr/lib").stream()
        .flatMap(folder -> matching(folder, "ld-linux-*.so.*").stream())
        .findFirst()
        .orElseThrow(() -> new LocalStackException("no program loader below " + root));
  }

  Path libraries() {
    return matching("usr/lib", "*-linux-gnu*").stream()
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() -> new LocalStackException("no library folder below " + root));
  }

  /** What a folder has that matches a pattern; nothing when it is missing. */
  List<Path> matching(String folder, String glob) {
    List<Path> found = new ArrayList<>();
    Path searched = root.resolve(folder);
    if (Files.isDirectory(searched)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(searched, glob)) {
        entries.forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot list " + searched, e);
      }
    }
    return found;
  }
}
