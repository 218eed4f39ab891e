package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.DocumentSection;
import io.obconnect.model.OptionTable;
import java.io.IOException;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/**
 * The tables of options and checks on the sources' pages are those of the code. {@code mvn test
 * -Dtest=OptionTableTest -Dreadme.update=true} in this module writes them anew.
 */
class OptionTableTest {

  @Test
  void pageOfMySqlHoldsItsOptions() throws IOException {
    assertPageHolds("mysql-source", MySqlSourceConnector.ownDefinition());
  }

  @Test
  void pageOfOceanBaseHoldsItsOptions() throws IOException {
    assertPageHolds("oceanbase-source", OceanBaseSourceConnector.ownDefinition());
  }

  @Test
  void pageOfMySqlHoldsItsChecks() throws IOException {
    assertPageHolds("mysql-source", CapturedDatabase.MYSQL);
  }

  @Test
  void pageOfOceanBaseHoldsItsChecks() throws IOException {
    assertPageHolds("oceanbase-source", CapturedDatabase.OCEANBASE);
  }

  private static void assertPageHolds(String page, CapturedDatabase database) throws IOException {
    DocumentSection section =
        new DocumentSection(
            "docs/" + page + ".md", "<!-- checks: " + page + " -->", "<!-- /checks -->");
    StringBuilder table =
        new StringBuilder("\n\n| Id | If not | What should be | What to do |\n|---|---|---|---|\n");
    for (PreflightCheck check : PreflightCheck.of(database)) {
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  check.id(),
                  check.severity(database).orElseThrow(),
                  check.wanted(),
                  check.advice()));
    }
    String updated = section.textWith(table.append('\n').toString());
    assertEquals(updated, section.text(), DocumentSection.HOW_TO_UPDATE);
  }

  private static void assertPageHolds(String page, ConfigDef options) throws IOException {
    DocumentSection section =
        new DocumentSection(
            "docs/" + page + ".md", "<!-- options: " + page + " -->", "<!-- /options -->");
    String updated = section.textWith("\n" + OptionTable.of(options));
    assertEquals(updated, section.text(), DocumentSection.HOW_TO_UPDATE);
  }
}
