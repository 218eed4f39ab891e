package io.obconnect.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Two processes; what the first one prints goes through a filter into the second one. */
final class ProcessPipe implements RunningCopy {
  private static final Duration END_TIMEOUT = Duration.ofMinutes(1);

  /** Copies one stream into another until it ends. */
  @FunctionalInterface
  interface Filter {
    void copy(InputStream from, OutputStream to) throws IOException;
  }

  private final Process writer;
  private final Process reader;
  private final Path errors;
  private final ExecutorService thread;
  private final Future<?> pump;

  private ProcessPipe(Process writer, Process reader, Path errors, Filter filter) {
    this.writer = writer;
    this.reader = reader;
    this.errors = errors;
    this.thread = Executors.newSingleThreadExecutor(ProcessPipe::daemon);
    this.pump =
        thread.submit(
            () -> {
              try (InputStream from = writer.getInputStream();
                  OutputStream to = reader.getOutputStream()) {
                filter.copy(from, to);
              }
              return null;
            });
  }

  /**
   * Starts both.
   *
   * @param errors file for what they print to standard error; removed at the end
   */
  static ProcessPipe start(ProcessBuilder writer, ProcessBuilder reader, Path errors, Filter filter)
      throws IOException {
    ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(errors.toFile());
    Process second =
        reader.redirectError(log).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return new ProcessPipe(writer.redirectError(log).start(), second, errors, filter);
    } catch (IOException e) {
      second.destroyForcibly();
      throw e;
    }
  }

  @Override
  public void check() throws IOException {
    refuseFailed(writer);
    refuseFailed(reader);
  }

  @Override
  public void finish() throws Exception {
    pump.get(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    for (Process process : new Process[] {writer, reader}) {
      if (!process.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            name(process) + " has not ended within " + END_TIMEOUT.toSeconds() + " s");
      }
      refuseFailed(process);
    }
  }

  private void refuseFailed(Process process) throws IOException {
    if (!process.isAlive() && process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s ended with exit code %d: %s"
              .formatted(
                  name(process),
                  process.exitValue(),
                  Files.readString(errors, StandardCharsets.UTF_8)));
    }
  }

  private String name(Process process) {
    return process.equals(writer) ? "the dumping process" : "the loading process";
  }

  @Override
  public void close() throws IOException {
    writer.destroyForcibly();
    reader.destroyForcibly();
    thread.shutdownNow();
    Files.deleteIfExists(errors);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "process-pipe");
    thread.setDaemon(true);
    return thread;
  }
}
