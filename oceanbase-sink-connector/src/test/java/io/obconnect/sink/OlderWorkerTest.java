package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sink's classes with those of the oldest Kafka that it is for, as a worker loads them. */
class OlderWorkerTest {
  private static final String CONTEXT = "org.apache.kafka.connect.sink.SinkTaskContext";

  /** What a worker of that age has, and nothing of the classes that these tests run with. */
  private static URLClassLoader worker() throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(MetricBoards.class.getProtectionDomain().getCodeSource().getLocation());
    urls.add(org.slf4j.Logger.class.getProtectionDomain().getCodeSource().getLocation());
    try (Stream<Path> jars = Files.list(Path.of(System.getProperty("obconnect.oldest.kafka")))) {
      for (Path jar : jars.toList()) {
        urls.add(jar.toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  @Test
  void metricsAreAnMBeanWhereTheWorkerHasNoPluginMetrics() throws Exception {
    try (URLClassLoader worker = worker()) {
      Class<?> context = worker.loadClass(CONTEXT);
      assertThrows(NoSuchMethodException.class, () -> context.getMethod("pluginMetrics"));
      Object ofWorker =
          Proxy.newProxyInstance(
              worker,
              new Class<?>[] {context},
              (proxy, method, arguments) -> {
                throw new AssertionError(method.getName() + " is not asked for");
              });
      Method of =
          worker
              .loadClass(MetricBoards.class.getName())
              .getDeclaredMethod("of", context, String.class, String.class);
      of.setAccessible(true);

      Object board = of.invoke(null, ofWorker, "older", "0");

      assertEquals(JmxMetricBoard.class.getName(), board.getClass().getName());
      ((AutoCloseable) board).close();
    }
  }
}
