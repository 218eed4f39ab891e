package io.obconnect.e2e;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.obconnect.verifier.TableChecksum;
import io.obconnect.verifier.TableComparison;
import io.obconnect.verifier.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a quickstart run measured, as its JSON report.
 *
 * @param copyRowsPerSecond rows of the full copy by the time from the first POST to the last copied
 *     row
 * @param applyLagMsMax largest age, in milliseconds, of the newest change that the destination had,
 *     after the copy
 * @param writesDuringMigration rows that the live writer wrote
 * @param phaseSeconds duration of each phase
 */
record QuickstartReport(
    List<Table> tables,
    @JsonProperty("copy_rows_per_second") long copyRowsPerSecond,
    @JsonProperty("apply_lag_ms_max") long applyLagMsMax,
    @JsonProperty("writes_during_migration") long writesDuringMigration,
    @JsonProperty("phase_seconds") Map<String, Double> phaseSeconds) {

  QuickstartReport {
    tables = List.copyOf(tables);
    phaseSeconds = new TreeMap<>(phaseSeconds);
  }

  /** One table's verdict; a checksum is empty where none was read. */
  record Table(
      String table,
      @JsonProperty("source_rows") long sourceRows,
      @JsonProperty("destination_rows") long destinationRows,
      @JsonProperty("source_checksum") String sourceChecksum,
      @JsonProperty("destination_checksum") String destinationChecksum,
      boolean equal,
      String reason) {

    static Table of(TableComparison comparison) {
      return new Table(
          comparison.source().table(),
          comparison.sourceChecksum().map(TableChecksum::rows).orElse(0L),
          comparison.destinationChecksum().map(TableChecksum::rows).orElse(0L),
          comparison.sourceChecksum().map(Table::text).orElse(""),
          comparison.destinationChecksum().map(Table::text).orElse(""),
          comparison.verdict() == Verdict.EQUAL,
          comparison.reason());
    }

    private static String text(TableChecksum checksum) {
      return "%016x".formatted(Long.parseUnsignedLong(checksum.xor()));
    }
  }

  boolean equal() {
    return !tables.isEmpty() && tables.stream().allMatch(Table::equal);
  }

  /** Prints the comparison as a table, and the verdict under it. */
  void print(Screen screen) {
    screen.blank();
    screen.note(
        screen.faint(
            Screen.pad("table", 14)
                + Screen.pad("rows MySQL", 13)
                + Screen.pad("rows OceanBase", 16)
                + Screen.pad("checksum MySQL", 18)
                + Screen.pad("checksum OceanBase", 20)
                + "verdict"));
    for (Table table : tables) {
      screen.note(
          Screen.pad(table.table(), 14)
              + Screen.pad(Screen.number(table.sourceRows()), 13)
              + Screen.pad(Screen.number(table.destinationRows()), 16)
              + Screen.pad(table.sourceChecksum(), 18)
              + Screen.pad(table.destinationChecksum(), 20)
              + (table.equal() ? screen.good("equal") : screen.bad("NOT EQUAL " + table.reason())));
    }
    long rows = tables.stream().mapToLong(Table::sourceRows).sum();
    screen.verdict(
        equal(),
        equal() ? "equal" : "NOT equal",
        Screen.number(rows)
            + " rows in "
            + tables.size()
            + " tables; "
            + Screen.number(writesDuringMigration)
            + " row changes made during the migration; after the copy at most "
            + Screen.number(applyLagMsMax)
            + " ms behind");
  }

  void write(Path file) throws IOException {
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
  }
}
