package io.obconnect.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes that run one after the other, in a folder that is removed at the end. */
final class ProcessSequence implements RunningCopy {
  private static final Duration END_TIMEOUT = Duration.ofMinutes(1);

  private final Path folder;
  private final Path output;
  private final CompletableFuture<Void> work;
  private Process current;
  private boolean closed;

  /** Makes a process when the one before has ended. */
  @FunctionalInterface
  interface Step {
    ProcessBuilder process() throws IOException;
  }

  private ProcessSequence(Path folder, List<Step> steps) {
    this.folder = Objects.requireNonNull(folder, "folder");
    this.output = folder.resolve("output.txt");
    this.work = CompletableFuture.runAsync(() -> run(steps), ProcessSequence::startThread);
  }

  /**
   * Starts the first one.
   *
   * @param folder which exists, for what they print and what they leave
   */
  static ProcessSequence start(Path folder, List<Step> steps) {
    return new ProcessSequence(folder, List.copyOf(steps));
  }

  private void run(List<Step> steps) {
    try {
      for (Step step : steps) {
        Process process = begin(step.process());
        int exit = process.waitFor();
        if (exit != 0) {
          throw new IllegalStateException(
              "%s ended with exit code %d: %s"
                  .formatted(
                      process.info().command().orElse("a process"),
                      exit,
                      Files.readString(output, StandardCharsets.UTF_8)));
        }
      }
    } catch (IOException e) {
      throw new CompletionException("a process could not be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException("interrupted while a process runs", e);
    }
  }

  private synchronized Process begin(ProcessBuilder process) throws IOException {
    if (closed) {
      throw new IOException("closed before the next process began");
    }
    current =
        process
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
    return current;
  }

  @Override
  public void check() throws ExecutionException, InterruptedException {
    if (work.isCompletedExceptionally()) {
      work.get();
    }
  }

  @Override
  public void finish() throws Exception {
    work.get(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      if (current != null) {
        current.destroyForcibly();
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void startThread(Runnable work) {
    Thread thread = new Thread(work, "process-sequence");
    thread.setDaemon(true);
    thread.start();
  }
}
