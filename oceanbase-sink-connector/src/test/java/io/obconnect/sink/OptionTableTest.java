package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.DocumentSection;
import io.obconnect.model.OptionTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The option table in README.md is the one of the code. {@code mvn test -Dtest=OptionTableTest
 * -Dreadme.update=true} in this module writes it anew.
 */
class OptionTableTest {
  private static final DocumentSection OPTIONS =
      new DocumentSection("README.md", "<!-- options: oceanbase-sink -->", "<!-- /options -->");

  @Test
  void readmeHoldsTheOptions() throws IOException {
    String updated = OPTIONS.textWith("\n" + OptionTable.of(OceanBaseSinkConfig.definition()));
    assertEquals(updated, OPTIONS.text(), DocumentSection.HOW_TO_UPDATE);
  }
}
