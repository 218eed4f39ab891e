package io.obconnect.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/**
 * A JVM that starts engines from a thread that ends, one of them as another user if it must be, and
 * then waits to be killed.
 */
final class OrphanMain {
  private OrphanMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    LocalStack stack =
        new LocalStack(LocalStackOptions.defaults().withBaseDir(folder.resolve("stack")));
    Thread starter =
        new Thread(
            () -> {
              stack.mysql();
              stack.postgres();
            },
            "short-lived");
    starter.start();
    starter.join();
    Path part = folder.resolve("pids.part");
    Files.write(
        part,
        stack.ownEngines().stream()
            .map(engine -> Long.toString(engine.pid().orElseThrow()))
            .toList());
    Files.move(part, folder.resolve("pids"), StandardCopyOption.ATOMIC_MOVE);
    new CountDownLatch(1).await();
  }
}
