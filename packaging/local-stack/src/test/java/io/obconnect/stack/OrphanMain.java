package io.obconnect.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/** A JVM that starts an engine from a thread that ends, and then waits to be killed. */
final class OrphanMain {
  private OrphanMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    LocalStack stack =
        new LocalStack(LocalStackOptions.defaults().withBaseDir(folder.resolve("stack")));
    Thread starter = new Thread(stack::mysql, "short-lived");
    starter.start();
    starter.join();
    Path part = folder.resolve("pid.part");
    Files.writeString(part, Long.toString(stack.ownEngines().get(0).pid().orElseThrow()));
    Files.move(part, folder.resolve("pid"), StandardCopyOption.ATOMIC_MOVE);
    new CountDownLatch(1).await();
  }
}
