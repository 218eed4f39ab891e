package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.OptionTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The option table in README.md is the one of the code. {@code mvn test -Dtest=OptionTableTest
 * -Dreadme.update=true} in this module writes it anew.
 */
class OptionTableTest {
  private static final String BEGIN = "<!-- options: oceanbase-sink -->";
  private static final String END = "<!-- /options -->";
  private static final Path README =
      Path.of(System.getProperty("obconnect.root", "..")).resolve("README.md");

  @Test
  void readmeHoldsTheOptions() throws IOException {
    String readme = Files.readString(README, StandardCharsets.UTF_8);
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END, Math.max(begin, 0));
    assertTrue(begin >= 0 && end > begin, README + " lacks the lines " + BEGIN + " and " + END);
    String updated =
        readme.substring(0, begin + BEGIN.length())
            + "\n"
            + OptionTable.of(OceanBaseSinkConfig.definition())
            + readme.substring(end);
    if (Boolean.getBoolean("readme.update")) {
      Files.writeString(README, updated, StandardCharsets.UTF_8);
      return;
    }
    assertEquals(
        updated, readme, "run this test with -Dreadme.update=true to write the table anew");
  }
}
