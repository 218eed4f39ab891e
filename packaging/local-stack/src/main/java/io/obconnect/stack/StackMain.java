package io.obconnect.stack;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/**
 * The command {@code bin/stack}: the real engines on this machine for trying things out. Exit code
 * 0: done; 1: failed, with a sentence on standard error; 2: wrong use.
 */
@Command(
    name = "stack",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(up | status | down)",
    description = "MySQL, OceanBase, Kafka and Kafka Connect as processes of this machine.",
    subcommands = {StackUp.class, StackStatus.class, StackDown.class})
public final class StackMain {
  private StackMain() {}

  /** Runs one subcommand and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    IExecutionExceptionHandler sentence =
        (failure, command, parsed) -> {
          command.getErr().println("stack: " + failure.getMessage());
          return command.getCommandSpec().exitCodeOnExecutionException();
        };
    return new CommandLine(new StackMain()).setExecutionExceptionHandler(sentence);
  }
}
