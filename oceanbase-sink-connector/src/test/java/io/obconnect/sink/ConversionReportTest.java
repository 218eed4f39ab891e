package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.ConversionOptions;
import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlParser;
import io.obconnect.model.DdlPolicy;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableId;
import io.obconnect.model.TablePart;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConversionReportTest {
  private static final DestinationProfile PROFILE =
      new DestinationProfile(
          DestinationProfile.Engine.OCEANBASE,
          "",
          Map.of("utf8mb4", 4),
          Map.of(
              "utf8mb4_general_ci",
              new DestinationProfile.Collation("utf8mb4_general_ci", "utf8mb4", true),
              "utf8mb4_bin",
              new DestinationProfile.Collation("utf8mb4_bin", "utf8mb4", false)),
          true,
          1 << 24,
          false);

  private final Map<TableId, TableDefinition> destination = new HashMap<>();

  private ConversionReport report(ExistingTablePolicy existing, String... selection) {
    SchemaPolicies policies =
        new SchemaPolicies(
            Map.of(DdlKind.DROP_COLUMN, DdlPolicy.FAIL),
            true,
            false,
            RowSelectorTest.selection(selection),
            ConversionOptions.full()
                .withNames(RowSelectorTest.selection(selection)::destination)
                .withHeldBack(Set.of(TablePart.CHECKS)),
            true);
    return new ConversionReport(
        policies, existing, PROFILE, id -> Optional.ofNullable(destination.get(id)));
  }

  private static SchemaChange change(String sql, boolean snapshot) {
    return new SchemaChange(
        sql, "shop", "log:4", LogPosition.UNKNOWN, snapshot, OptionalLong.empty());
  }

  private void exists(String sql) {
    TableDefinition table =
        ((DdlStatement.CreateTable) new DdlParser().parse(sql, "shop").get(0)).table();
    destination.put(table.id(), table);
  }

  private static void assertContains(String expected, ConversionReport report) {
    assertTrue(report.text().contains(expected), report::text);
  }

  @Test
  void newTableWithWhatIsLeftForLater() {
    ConversionReport report = report(ExistingTablePolicy.USE_IF_COMPATIBLE);
    report.change(
        change(
            "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(9), KEY k (v), CONSTRAINT c CHECK (id >"
                + " 0)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci",
            true));
    assertContains("`shop`.`t`: created: CREATE TABLE", report);
    assertContains("utf8mb4_0900_ai_ci -> utf8mb4_general_ci", report);
    assertContains("after the copy: ALTER TABLE `shop`.`t` ADD KEY `k`", report);
    assertContains("held back: ALTER TABLE `shop`.`t` ADD CONSTRAINT `c` CHECK", report);
  }

  @Test
  void tablesThatCannotBeHad() {
    ConversionReport report = report(ExistingTablePolicy.USE_IF_COMPATIBLE);
    report.change(change("CREATE TABLE heap (v INT)", true));
    report.change(change("CREATE TABLE t (id INT PRIMARY KEY)", true));
    report.change(change("CREATE TABLE T (id INT PRIMARY KEY)", true));
    assertContains("`heap`: REFUSED", report);
    assertContains("`T`: REFUSED: `shop`.`T` is the table of `shop`.`t`", report);
  }

  @Test
  void existingTables() {
    exists("CREATE TABLE fits (id BIGINT PRIMARY KEY)");
    exists("CREATE TABLE narrow (id SMALLINT PRIMARY KEY)");
    ConversionReport report = report(ExistingTablePolicy.USE_IF_COMPATIBLE);
    report.change(change("CREATE TABLE fits (id INT PRIMARY KEY)", true));
    report.change(change("CREATE TABLE narrow (id INT PRIMARY KEY)", true));
    assertContains("`fits`: exists, and `shop`.`fits` fits", report);
    assertContains("`narrow` DOES NOT FIT", report);

    ConversionReport recreating = report(ExistingTablePolicy.RECREATE);
    recreating.change(change("CREATE TABLE narrow (id INT PRIMARY KEY)", true));
    assertContains("is DROPPED unless", recreating);
    ConversionReport failing = report(ExistingTablePolicy.FAIL);
    failing.change(change("CREATE TABLE fits (id INT PRIMARY KEY)", true));
    assertContains("is REFUSED unless", failing);
  }

  @Test
  void snapshotThatBeginsAnewChangesNothing() {
    ConversionReport report = report(ExistingTablePolicy.RECREATE);
    report.change(change("CREATE TABLE t (id INT PRIMARY KEY)", true));
    String text = report.text();
    report.change(change("CREATE TABLE t (id INT PRIMARY KEY)", true));
    assertEquals(text, report.text());
  }

  @Test
  void changesOfTheStreamMeetWhatTheEarlierOnesLeft() {
    ConversionReport report = report(ExistingTablePolicy.USE_IF_COMPATIBLE);
    report.change(change("CREATE TABLE t (id INT PRIMARY KEY, a INT)", true));
    report.change(change("RENAME TABLE t TO u", false));
    report.change(change("ALTER TABLE u MODIFY a BIGINT", false));
    report.change(change("ALTER TABLE u DROP COLUMN a", false));
    report.change(change("ALTER TABLE t ADD b INT", false));
    assertContains("modify-column of `shop`.`u`: carried over", report);
    assertContains("ALTER TABLE `shop`.`u` MODIFY COLUMN `a` bigint", report);
    assertContains("drop-column of `shop`.`u`: STOPS ITS TABLE", report);
    assertContains("add-column of `shop`.`t`: REFUSED", report);
  }

  @Test
  void dropsOfASnapshotAndTablesThatAreNotChosenAreNotMentioned() {
    ConversionReport report =
        report(ExistingTablePolicy.USE_IF_COMPATIBLE, "tables.include", "shop.t");
    report.change(change("DROP TABLE IF EXISTS t", true));
    report.change(change("CREATE TABLE x (id INT PRIMARY KEY)", true));
    report.row(new TableId("shop", "x"));
    assertEquals("", report.text());
    report.row(new TableId("shop", "t"));
    assertContains("without a definition so far\n  `shop`.`t`", report);
    assertFalse(report.text().contains("`x`"));
  }
}
