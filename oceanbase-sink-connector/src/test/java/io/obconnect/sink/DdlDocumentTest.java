package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DdlKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in docs/ddl.md is the one of the code; written anew like the options in README.md. */
class DdlDocumentTest {
  private static final String BEGIN = "<!-- ddl kinds -->";
  private static final String END = "<!-- /ddl kinds -->";
  private static final Path DOCUMENT =
      Path.of(System.getProperty("obconnect.root", "..")).resolve("docs/ddl.md");

  @Test
  void documentHoldsTheKinds() throws IOException {
    String document = Files.readString(DOCUMENT, StandardCharsets.UTF_8);
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    assertTrue(begin >= 0 && end > begin, DOCUMENT + " lacks the lines " + BEGIN + " and " + END);
    String updated =
        document.substring(0, begin + BEGIN.length())
            + DdlOptions.kinds().stream()
                .map(DdlDocumentTest::row)
                .collect(
                    Collectors.joining("", "\n\n| Kind | Default | Why |\n|---|---|---|\n", "\n"))
            + document.substring(end);
    if (Boolean.getBoolean("readme.update")) {
      Files.writeString(DOCUMENT, updated, StandardCharsets.UTF_8);
      return;
    }
    assertEquals(
        updated, document, "run this test with -Dreadme.update=true to write the table anew");
  }

  private static String row(DdlKind kind) {
    return "| `"
        + kind.optionName()
        + "` | "
        + OptionValues.of(kind.defaultPolicy())
        + " | "
        + kind.reason()
        + " |\n";
  }
}
