package io.obconnect.stack;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what {@link StackUp} started. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows the engines that 'up' started.")
final class StackStatus implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<StackState> state = StackState.read(StackFiles.state());
    out.print(state.map(StackTable::of).orElse(String.format("no stack is up%n")));
    out.flush();
    return 0;
  }
}
