package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.DdlKind;
import io.obconnect.model.DocumentSection;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in docs/ddl.md is the one of the code; written anew like the options in README.md. */
class DdlDocumentTest {
  private static final DocumentSection KINDS =
      new DocumentSection("docs/ddl.md", "<!-- ddl kinds -->", "<!-- /ddl kinds -->");

  @Test
  void documentHoldsTheKinds() throws IOException {
    String updated =
        KINDS.textWith(
            DdlOptions.kinds().stream()
                .map(DdlDocumentTest::row)
                .collect(
                    Collectors.joining("", "\n\n| Kind | Default | Why |\n|---|---|---|\n", "\n")));
    assertEquals(updated, KINDS.text(), DocumentSection.HOW_TO_UPDATE);
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
