package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.OptionTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The option table in docs/mysql-source.md is the one of the code. {@code mvn test
 * -Dtest=OptionTableTest -Dreadme.update=true} in this module writes it anew.
 */
class OptionTableTest {
  private static final String BEGIN = "<!-- options: mysql-source -->";
  private static final String END = "<!-- /options -->";
  private static final Path PAGE =
      Path.of(System.getProperty("obconnect.root", "..")).resolve("docs/mysql-source.md");

  @Test
  void pageHoldsTheOptions() throws IOException {
    String page = Files.readString(PAGE, StandardCharsets.UTF_8);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END, Math.max(begin, 0));
    assertTrue(begin >= 0 && end > begin, PAGE + " lacks the lines " + BEGIN + " and " + END);
    String updated =
        page.substring(0, begin + BEGIN.length())
            + "\n"
            + OptionTable.of(MySqlSourceConnector.ownDefinition())
            + page.substring(end);
    if (Boolean.getBoolean("readme.update")) {
      Files.writeString(PAGE, updated, StandardCharsets.UTF_8);
      return;
    }
    assertEquals(updated, page, "run this test with -Dreadme.update=true to write the table anew");
  }
}
