package io.obconnect.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/**
 * Who runs an engine that refuses to be run by root: this JVM's user, or nobody when that is root.
 */
final class OrdinaryUser {
  private static final int NOBODY = 65_534;

  private OrdinaryUser() {}

  private static boolean isAnotherUser() {
    return "root".equals(System.getProperty("user.name"));
  }

  /**
   * The start of a command that is to be run by that user.
   *
   * @throws LocalStackException when this machine lacks the tool
   */
  static List<String> prefix() {
    if (!isAnotherUser()) {
      return List.of();
    }
    if (Executables.onPath("setpriv").isEmpty()) {
      throw new LocalStackException(
          "PostgreSQL refuses to be run by root, and setpriv is not on the PATH: install"
              + " util-linux, or be another user");
    }
    String id = Integer.toString(NOBODY);
    // Whoever changes the user loses the signal that lets children die with this JVM.
    return List.of(
        "setpriv", "--pdeathsig", "keep", "--reuid", id, "--regid", id, "--clear-groups", "--");
  }

  /** Gives a file or an empty folder to that user. */
  static void giveTo(Path file) {
    if (isAnotherUser()) {
      requireWay(file);
      try {
        Files.setAttribute(file, "unix:uid", NOBODY);
        Files.setAttribute(file, "unix:gid", NOBODY);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot give " + file + " to the user nobody", e);
      }
    }
  }

  /**
   * Checks that the user can get to a file.
   *
   * @throws LocalStackException when a folder above it is closed to others
   */
  static void requireWay(Path file) {
    if (isAnotherUser()) {
      for (Path above = file.getParent(); above != null; above = above.getParent()) {
        requireOpen(above);
      }
    }
  }

  private static void requireOpen(Path folder) {
    try {
      if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        throw new LocalStackException(
            "PostgreSQL refuses to be run by root, and the user nobody may not enter %1$s: be another user, or chmod o+x %1$s"
                .formatted(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the permissions of " + folder, e);
    }
  }
}
