package io.obconnect.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks zip archives. */
final class ZipArchive {
  private ZipArchive() {}

  /**
   * Unpacks the wanted entries below a folder.
   *
   * @throws LocalStackException when an entry's name leads out of the folder
   */
  static void unpack(Path archive, Path folder, Predicate<String> wanted) {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory() && wanted.test(entry.getName())) {
          unpackEntry(zip, entry, folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + archive + " to " + folder, e);
    }
  }

  private static void unpackEntry(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new LocalStackException(
          zip.getName() + " holds an entry outside of its folder: " + entry.getName());
    }
    Files.createDirectories(target.getParent());
    try (InputStream content = zip.getInputStream(entry)) {
      Files.copy(content, target);
    }
  }
}
