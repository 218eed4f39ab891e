package io.obconnect.stack;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends what {@link StackUp} started. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Ends the engines that 'up' started and deletes their data and logs.")
final class StackDown implements Callable<Integer> {
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Optional<StackState> state = StackState.read(StackFiles.state());
    if (state.isEmpty()) {
      out.println("no stack is up");
      return 0;
    }
    List<StackState.Entry> lastFirst = new ArrayList<>(state.get().engines());
    Collections.reverse(lastFirst);
    for (StackState.Entry engine : lastFirst) {
      // A recorded pid may belong to another program by now; such a process is not touched.
      Optional<ProcessHandle> process = engine.process();
      process.ifPresent(StackDown::end);
      out.println(engine.name() + (process.isPresent() ? " ended" : " was not running here"));
    }
    FileTree.delete(Path.of(state.get().folder()));
    Files.delete(StackFiles.state());
    return 0;
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    if (isAliveAfter(process, STOP_DEADLINE)) {
      process.destroyForcibly();
      if (isAliveAfter(process, KILL_DEADLINE)) {
        throw new LocalStackException("process " + process.pid() + " does not end");
      }
    }
  }

  private static boolean isAliveAfter(ProcessHandle process, Duration deadline) {
    return Await.passes(
            () -> {
              if (process.isAlive()) {
                throw new LocalStackException("process " + process.pid() + " is alive");
              }
            },
            deadline,
            () -> true)
        .isPresent();
  }
}
