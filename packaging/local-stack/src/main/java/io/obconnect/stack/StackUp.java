package io.obconnect.stack;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts all engines and leaves them running. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts MySQL, OceanBase, Kafka and Kafka Connect and leaves them running.")
final class StackUp implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ExternalEngineOptions external = new ExternalEngineOptions();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (KeptStack.runs()) {
      throw new ParameterException(
          spec.commandLine(), "a stack is running already: see 'status', end it with 'down'");
    }
    LocalStack stack = new LocalStack(options(out));
    try {
      stack.mysql();
      stack.oceanbase();
      stack.kafka();
      stack.connect();
      out.print(KeptStack.keep(stack));
      out.flush();
      return 0;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private LocalStackOptions options(PrintWriter out) {
    return KeptStack.options()
        .withProgress(
            line -> {
              out.println(line);
              out.flush();
            })
        .withExternal(external.engines());
  }
}
