package io.obconnect.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The plugin path of Kafka Connect: stock plugins and every archive that the project has built. */
final class PluginFolder {
  private final Path projectRoot;
  private final Path folder;
  private final List<Path> more;

  /**
   * @param folder to install into
   * @param more folders with further plugins
   */
  PluginFolder(Path projectRoot, Path folder, List<Path> more) {
    this.projectRoot = projectRoot;
    this.folder = folder;
    this.more = List.copyOf(more);
  }

  /** Installs whatever is built by now. */
  Path install() {
    FileTree.delete(folder);
    FileTree.createFolder(folder);
    try {
      link(projectRoot.resolve("packaging/kafka-dist/target/plugins"));
      for (Path each : more) {
        link(each);
      }
      for (Path module : list(projectRoot, "*")) {
        for (Path archive : list(module.resolve("target/components/packages"), "*.zip")) {
          ZipArchive.unpack(archive, folder, entry -> true);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot install plugins into " + folder, e);
    }
  }

  private void link(Path plugins) throws IOException {
    for (Path plugin : list(plugins, "*")) {
      Files.createSymbolicLink(folder.resolve(plugin.getFileName()), plugin);
    }
  }

  /** The installed plugin whose folder's name contains a word. */
  Path require(String module) {
    try {
      return list(folder, "*" + module + "*").stream()
          .findFirst()
          .orElseThrow(
              () ->
                  new LocalStackException(
                      "no plugin %1$s in %2$s: run mvn -B -DskipTests package -pl %1$s -am, then start a new stack"
                          .formatted(module, folder)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
        entries.forEach(found::add);
      }
    }
    return found;
  }
}
