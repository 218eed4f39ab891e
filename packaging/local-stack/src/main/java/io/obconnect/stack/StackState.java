package io.obconnect.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * What {@code bin/stack up} started, as kept in its state file.
 *
 * @param folder with data and logs of all own engines
 */
record StackState(String folder, List<Entry> engines) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One engine. The last two fields are empty for Kafka and Kafka Connect.
   *
   * @param pid process id, 0 for an external engine
   * @param folder part of the process's command line, empty for an external engine
   * @param log empty for an external engine
   */
  record Entry(
      String name,
      String address,
      long pid,
      String folder,
      String log,
      String user,
      String password) {

    /** The recorded process, if it still is the one that was started. */
    Optional<ProcessHandle> process() {
      return pid == 0
          ? Optional.empty()
          : ProcessHandle.of(pid)
              .filter(ProcessHandle::isAlive)
              .filter(handle -> commandLine(pid).contains(folder + "/"));
    }

    private static String commandLine(long pid) {
      try {
        return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      } catch (IOException e) {
        // Gone, or somebody else's: not our process in both cases.
        return "";
      }
    }
  }

  static Optional<StackState> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), StackState.class));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the state of the stack from " + file, e);
    }
  }

  /** Readable by its owner only, because of the passwords. */
  void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
