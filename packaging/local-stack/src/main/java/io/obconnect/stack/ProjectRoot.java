package io.obconnect.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder of the whole project. */
final class ProjectRoot {
  private static final String PROPERTY = "obconnect.root";

  private ProjectRoot() {}

  static Path find() {
    String given = System.getProperty(PROPERTY);
    if (given != null && !given.isBlank()) {
      return Path.of(given).toAbsolutePath().normalize();
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn")) && Files.exists(folder.resolve("pom.xml"))) {
        return folder;
      }
    }
    throw new LocalStackException(
        "no folder with .mvn and pom.xml above "
            + start
            + ": set -D"
            + PROPERTY
            + "=<project root>");
  }
}
