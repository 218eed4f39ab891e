package io.obconnect.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one stack of a project that outlives the program that started it; {@code bin/stack down} ends
 * it.
 */
public final class KeptStack {
  private KeptStack() {}

  /** Whether an engine of the kept stack is running. */
  public static boolean runs() {
    return StackState.read(StackFiles.state()).stream()
        .flatMap(state -> state.engines().stream())
        .anyMatch(engine -> engine.process().isPresent());
  }

  /** How a stack must be set up that is to be kept; data of an earlier one is removed. */
  public static LocalStackOptions options() {
    StackState.read(StackFiles.state())
        .ifPresent(state -> FileTree.delete(Path.of(state.folder())));
    return LocalStackOptions.defaults().withBaseDir(StackFiles.data()).withDetached(true);
  }

  /**
   * Lets the engines that have been started run on. The stack object is of no use afterwards.
   *
   * @return a table of the engines with addresses and logs, and where the accounts are kept
   */
  public static String keep(LocalStack stack) {
    StackState state = new StackState(StackFiles.data().toString(), entries(stack));
    state.write(StackFiles.state());
    stack.detach();
    return StackTable.of(state) + "accounts: " + StackFiles.state() + System.lineSeparator();
  }

  private static List<StackState.Entry> entries(LocalStack stack) {
    List<StackState.Entry> entries = new ArrayList<>();
    for (SqlEngine engine : List.of(stack.mysql(), stack.oceanbase())) {
      entries.add(entry(stack, engine, engine.address(), engine.user(), engine.password()));
    }
    entries.add(entry(stack, stack.kafka(), stack.kafka().bootstrapServers(), "", ""));
    entries.add(entry(stack, stack.connect(), stack.connect().uri().toString(), "", ""));
    return entries;
  }

  private static StackState.Entry entry(
      LocalStack stack, Engine engine, String address, String user, String password) {
    if (!engine.isRunning()) {
      throw new LocalStackException(engine.name() + " at " + address + " does not answer");
    }
    Optional<Lifecycle> own =
        stack.ownEngines().stream().filter(e -> e.name().equals(engine.name())).findFirst();
    return new StackState.Entry(
        engine.name(),
        address,
        own.flatMap(KeptStack::pid).orElse(0L),
        own.map(e -> e.folder().toString()).orElse(""),
        own.map(e -> e.logFile().toString()).orElse(""),
        user,
        password);
  }

  private static Optional<Long> pid(Lifecycle engine) {
    return engine.pid().stream().boxed().findFirst();
  }
}
