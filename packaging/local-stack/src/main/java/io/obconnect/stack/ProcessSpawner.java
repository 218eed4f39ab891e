package io.obconnect.stack;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Starts every child process of a stack. Attached children die with this JVM, also when it is
 * killed (where setpriv exists); detached children outlive it.
 */
final class ProcessSpawner implements AutoCloseable {
  private static final File NOTHING = new File("/dev/null");
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);

  // The kernel ties a child's parent-death signal to the thread that forked it, not to the process:
  // one thread that lives as long as the stack starts them all.
  private final ExecutorService forkThread =
      Executors.newSingleThreadExecutor(ProcessSpawner::daemon);
  private final Set<Process> children = ConcurrentHashMap.newKeySet();
  private final boolean detached;
  private final List<String> prefix;

  ProcessSpawner(boolean detached) {
    this.detached = detached;
    this.prefix = detached ? detachingPrefix() : dyingPrefix();
  }

  /**
   * Starts a process that reads nothing and appends its output to a log.
   *
   * @throws LocalStackException when the program cannot be run
   */
  Process start(List<String> command, Map<String, String> environment, Path folder, Path log) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectInput(NOTHING)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = fork(builder);
    children.add(process);
    return process;
  }

  /**
   * Runs a tool to its end.
   *
   * @throws LocalStackException when it fails or takes too long; carries the end of the log
   */
  void run(String what, List<String> command, Path folder, Path log, Duration deadline) {
    Process process = start(command, Map.of(), folder, log);
    try {
      if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
        throw failure(what, "did not end within " + deadline.toSeconds() + " s", command, log);
      }
      if (process.exitValue() != 0) {
        throw failure(what, "ended with exit code " + process.exitValue(), command, log);
      }
    } catch (InterruptedException e) {
      throw Await.interrupted(e);
    } finally {
      kill(process);
    }
  }

  /** Ends a process and its children with SIGKILL and waits until it is gone. */
  void kill(Process process) {
    // Parents first, or they would have time to notice and to start others.
    List<ProcessHandle> offspring = process.descendants().toList();
    process.destroyForcibly();
    offspring.forEach(ProcessHandle::destroyForcibly);
    if (!hasEnded(process, KILL_DEADLINE) || !haveEnded(offspring, KILL_DEADLINE)) {
      throw new LocalStackException(
          "process %d is still there %d s after SIGKILL"
              .formatted(process.pid(), KILL_DEADLINE.toSeconds()));
    }
    children.remove(process);
  }

  /** Ends a process with a signal, and with SIGKILL when the deadline has passed. */
  void stop(Process process, StopSignal signal, Duration deadline) {
    send(signal, process);
    if (hasEnded(process, deadline)) {
      children.remove(process);
    } else {
      kill(process);
    }
  }

  /** Attached children are killed, detached ones left alone; nothing can be started any more. */
  @Override
  public void close() {
    if (!detached) {
      killAll();
    }
    forkThread.shutdown();
  }

  /** Kills every child that lives, detached ones too. */
  void killAll() {
    List.copyOf(children).forEach(this::kill);
  }

  private static boolean hasEnded(Process process, Duration deadline) {
    try {
      return process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw Await.interrupted(e);
    }
  }

  private static boolean haveEnded(List<ProcessHandle> processes, Duration deadline) {
    Await.Probe probe =
        () -> {
          if (processes.stream().anyMatch(ProcessHandle::isAlive)) {
            throw new LocalStackException("a child process lives on");
          }
        };
    return Await.passes(probe, deadline, () -> true).isEmpty();
  }

  private void send(StopSignal signal, Process process) {
    if (signal == StopSignal.TERM) {
      process.destroy();
    } else if (process.isAlive()) {
      // Java knows no other signal, and the shell's own kill is there when the program is not.
      fork(
          new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }
  }

  private Process fork(ProcessBuilder builder) {
    try {
      return forkThread.submit(builder::start).get();
    } catch (ExecutionException e) {
      throw new LocalStackException("cannot run " + builder.command(), e.getCause());
    } catch (InterruptedException e) {
      throw Await.interrupted(e);
    }
  }

  private static List<String> detachingPrefix() {
    return Executables.onPath("setsid")
        .map(setsid -> List.of(setsid.toString()))
        .orElseThrow(
            () ->
                new LocalStackException(
                    "setsid is not on the PATH: install util-linux to leave engines running"));
  }

  private List<String> dyingPrefix() {
    List<String> wanted = List.of("setpriv", "--pdeathsig", "SIGKILL", "--");
    if (Executables.onPath("setpriv").isEmpty()) {
      return List.of();
    }
    List<String> trial = new ArrayList<>(wanted);
    trial.add("true");
    Process process =
        fork(
            new ProcessBuilder(trial)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    // Some builds of setpriv lack the option; then only the shutdown hook ends the children.
    return hasEnded(process, KILL_DEADLINE) && process.exitValue() == 0 ? wanted : List.of();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "local-stack-fork");
    thread.setDaemon(true);
    return thread;
  }

  private static LocalStackException failure(
      String what, String how, List<String> command, Path log) {
    return new LocalStackException(
        "%s %s%ncommand: %s%nlog: %s%n%s"
            .formatted(what, how, String.join(" ", command), log, LogTail.of(log)));
  }
}
