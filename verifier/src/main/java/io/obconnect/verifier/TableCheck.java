package io.obconnect.verifier;

import io.obconnect.model.TableId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One comparison of one table. */
final class TableCheck {

  private static final long MAX_CLIENT_ROWS = 1_000_000;

  private final EngineSession source;
  private final EngineSession destination;
  private final TableId sourceTable;
  private final TableId destinationTable;

  TableCheck(
      EngineSession source,
      EngineSession destination,
      TableId sourceTable,
      TableId destinationTable) {
    this.source = source;
    this.destination = destination;
    this.sourceTable = sourceTable;
    this.destinationTable = destinationTable;
  }

  TableComparison run() throws SQLException {
    List<ColumnInfo> sourceColumns = source.columns(sourceTable);
    List<ColumnInfo> destinationColumns = destination.columns(destinationTable);
    if (sourceColumns.isEmpty() && destinationColumns.isEmpty()) {
      return withoutChecksum(Verdict.UNKNOWN, "the table exists on neither side");
    }
    if (sourceColumns.isEmpty()) {
      return withoutChecksum(
          Verdict.DIFFERENT, "table " + sourceTable + " is missing on the source");
    }
    if (destinationColumns.isEmpty()) {
      return withoutChecksum(
          Verdict.DIFFERENT, "table " + destinationTable + " is missing on the destination");
    }
    ColumnPairing pairing = ColumnPairing.of(sourceColumns, destinationColumns);
    if (pairing.mismatch().isPresent()) {
      return withoutChecksum(Verdict.DIFFERENT, pairing.mismatch().get());
    }
    return compareRows(pairing.pairs());
  }

  private TableComparison compareRows(List<ColumnPair> pairs) throws SQLException {
    Set<ColumnKind> unreliable =
        ExpressionSelfTest.unreliableKinds(source, destination, kindsOf(pairs));
    boolean jsonTextReliable = !unreliable.remove(ColumnKind.JSON);
    List<ColumnPair> compared = new ArrayList<>();
    List<String> obstacles = new ArrayList<>();
    for (ColumnPair pair : pairs) {
      Optional<String> obstacle = pair.obstacle(unreliable);
      obstacle.ifPresentOrElse(obstacles::add, () -> compared.add(pair));
    }
    boolean hasJson = compared.stream().anyMatch(pair -> pair.kind() == ColumnKind.JSON);
    if (!hasJson) {
      return judge(checksums(compared), obstacles);
    }
    if (jsonTextReliable) {
      Checksums checksums = checksums(compared);
      if (checksums.same()) {
        return judge(checksums, obstacles);
      }
    }
    return compareJsonByValue(compared, obstacles);
  }

  private static Set<ColumnKind> kindsOf(List<ColumnPair> pairs) {
    return pairs.stream()
        .map(ColumnPair::kind)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ColumnKind.class)));
  }

  /** The same JSON value may have two texts, so a difference of the texts is no verdict yet. */
  private TableComparison compareJsonByValue(List<ColumnPair> compared, List<String> obstacles)
      throws SQLException {
    Checksums withoutJson =
        checksums(compared.stream().filter(pair -> pair.kind() != ColumnKind.JSON).toList());
    if (!withoutJson.same() || !withoutJson.source().complete()) {
      return judge(withoutJson, obstacles);
    }
    if (withoutJson.source().rows() > MAX_CLIENT_ROWS) {
      return result(
          Verdict.UNKNOWN,
          withoutJson,
          "JSON texts differ, and more than "
              + MAX_CLIENT_ROWS
              + " rows are not compared by value");
    }
    JsonRowChecksum left = JsonRowChecksum.read(source, sourceTable, compared);
    JsonRowChecksum right = JsonRowChecksum.read(destination, destinationTable, compared);
    Checksums exact = new Checksums(left.exact(), right.exact());
    if (!exact.same() && left.withoutFractions().equals(right.withoutFractions())) {
      return result(
          Verdict.UNKNOWN,
          exact,
          "only JSON numbers that are no integers differ; an engine may parse them inexactly in the"
              + " last digit, so compare these values one by one");
    }
    return judge(exact, obstacles);
  }

  private Checksums checksums(List<ColumnPair> columns) throws SQLException {
    List<String> texts = columns.stream().map(ColumnPair::canonicalText).toList();
    return new Checksums(
        source.checksum(sourceTable, texts), destination.checksum(destinationTable, texts));
  }

  private TableComparison judge(Checksums checksums, List<String> obstacles) {
    TableChecksum left = checksums.source();
    TableChecksum right = checksums.destination();
    if (left.rows() != right.rows()) {
      return result(
          Verdict.DIFFERENT,
          checksums,
          "rows: " + left.rows() + " on the source, " + right.rows() + " on the destination");
    }
    if (!left.complete() || !right.complete()) {
      return result(
          Verdict.UNKNOWN,
          checksums,
          "rows without a hash: "
              + (left.rows() - left.hashedRows())
              + " on the source, "
              + (right.rows() - right.hashedRows())
              + " on the destination; a value may exceed max_allowed_packet");
    }
    if (!checksums.same()) {
      return result(
          Verdict.DIFFERENT,
          checksums,
          "the same number of rows, " + left.rows() + ", but other content");
    }
    return obstacles.isEmpty()
        ? result(Verdict.EQUAL, checksums, left.rows() + " rows, every column")
        : result(
            Verdict.UNKNOWN,
            checksums,
            "the other columns are equal; not compared: " + String.join("; ", obstacles));
  }

  private TableComparison result(Verdict verdict, Checksums checksums, String reason) {
    return new TableComparison(
        sourceTable,
        destinationTable,
        verdict,
        reason,
        Optional.of(checksums.source()),
        Optional.of(checksums.destination()));
  }

  private TableComparison withoutChecksum(Verdict verdict, String reason) {
    return new TableComparison(
        sourceTable, destinationTable, verdict, reason, Optional.empty(), Optional.empty());
  }

  private record Checksums(TableChecksum source, TableChecksum destination) {
    boolean same() {
      return source.equals(destination);
    }
  }
}
