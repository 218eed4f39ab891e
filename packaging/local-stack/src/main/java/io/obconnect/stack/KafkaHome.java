package io.obconnect.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The jars of Kafka and Kafka Connect that the build lays out, and how their main classes run. */
record KafkaHome(Path projectRoot) {
  private static final String LOGGING =
      """
      <configuration>
        <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder>
            <pattern>[%d] %level %msg \\(%logger{30}\\)%n</pattern>
          </encoder>
        </appender>
        <root level="INFO">
          <appender-ref ref="STDOUT"/>
        </root>
      </configuration>
      """;

  /** Writes the log configuration that {@link #command} refers to. */
  static void writeLogging(Path folder) {
    FileTree.writeText(logging(folder), LOGGING);
  }

  List<String> command(String heap, Path folder, String mainClass, String... arguments) {
    // Kafka's own jars bring no binding of SLF4J, so they would log nothing.
    String classPath =
        jars("packaging/kafka-dist/target/kafka/lib", "packaging/kafka-dist")
            + ":"
            + jars("packaging/local-stack/target/logging", "packaging/local-stack");
    List<String> command =
        new ArrayList<>(
            List.of(
                Executables.java(),
                heap,
                "-Djava.awt.headless=true",
                "-Dlogback.configurationFile=" + logging(folder),
                "-cp",
                classPath,
                mainClass));
    command.addAll(List.of(arguments));
    return command;
  }

  private String jars(String relative, String module) {
    Path folder = projectRoot.resolve(relative);
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      if (files.noneMatch(file -> file.toString().endsWith(".jar"))) {
        throw new LocalStackException(
            "no jars in " + folder + ": run mvn -B -DskipTests package -pl " + module);
      }
      return folder + "/*";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static Path logging(Path folder) {
    return folder.resolve("logback.xml");
  }
}
