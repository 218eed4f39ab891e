package io.obconnect.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;

/** Folders that are expensive to make, made once per machine and never changed afterwards. */
final class EngineCache {
  private static final Duration LOCK_DEADLINE = Duration.ofMinutes(10);

  private final Path folder;
  private final Consumer<String> progress;

  EngineCache(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** Fills a new, empty folder. */
  @FunctionalInterface
  interface Filler {
    void fill(Path folder) throws IOException;
  }

  /**
   * The folder of that name, filled first when it is missing. A crash half way leaves nothing that
   * could be taken for whole, and two processes do not fill the same folder.
   *
   * @param what said to the progress listener when the folder must be filled
   */
  Path folder(String name, String what, Filler filler) {
    Path target = folder.resolve(name);
    if (Files.isDirectory(target)) {
      return target;
    }
    FileTree.createFolder(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (lock.isValid() && !Files.isDirectory(target)) {
        progress.accept(what + " -> " + target);
        fill(target, filler);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(what + " failed for " + target, e);
    }
  }

  private void fill(Path target, Filler filler) throws IOException {
    Path part = folder.resolve(target.getFileName() + ".part");
    FileTree.delete(part);
    FileTree.createFolder(part);
    filler.fill(part);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    long endNanos = System.nanoTime() + LOCK_DEADLINE.toNanos();
    while (System.nanoTime() < endNanos) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      Await.pause();
    }
    throw new LocalStackException(
        "another process has held the lock of the engine cache for "
            + LOCK_DEADLINE.toSeconds()
            + " s");
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by another thread of this JVM, which a file lock does not queue for.
      return null;
    }
  }
}
