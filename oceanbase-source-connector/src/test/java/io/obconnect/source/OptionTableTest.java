package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.DocumentSection;
import io.obconnect.model.OptionTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The option table in docs/mysql-source.md is the one of the code. {@code mvn test
 * -Dtest=OptionTableTest -Dreadme.update=true} in this module writes it anew.
 */
class OptionTableTest {
  private static final DocumentSection OPTIONS =
      new DocumentSection(
          "docs/mysql-source.md", "<!-- options: mysql-source -->", "<!-- /options -->");

  @Test
  void pageHoldsTheOptions() throws IOException {
    String updated = OPTIONS.textWith("\n" + OptionTable.of(MySqlSourceConnector.ownDefinition()));
    assertEquals(updated, OPTIONS.text(), DocumentSection.HOW_TO_UPDATE);
  }
}
