package io.obconnect.sink;

import io.obconnect.model.SqlFailure;
import io.obconnect.model.TableId;
import io.obconnect.sink.WorkItem.ApplyRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;

/**
 * Applies changes in transactions. When the destination refuses a window for its data, the window
 * is halved until the refused records stand alone; those are rejected and all others applied.
 */
final class WindowWriter {
  private final TransactionRunner destination;
  private final Retrier retrier;
  private final int maxStatementChars;
  private final Consumer<RejectedRecord> rejections;

  /**
   * Writes to a destination.
   *
   * @param maxStatementChars length at which a statement is closed
   * @param rejections takes the records that cannot be applied, before the window counts as applied
   */
  WindowWriter(
      TransactionRunner destination,
      Retrier retrier,
      int maxStatementChars,
      Consumer<RejectedRecord> rejections) {
    this.destination = Objects.requireNonNull(destination, "destination");
    this.retrier = Objects.requireNonNull(retrier, "retrier");
    this.maxStatementChars = maxStatementChars;
    this.rejections = Objects.requireNonNull(rejections, "rejections");
  }

  /** Applies the rows in order; when it returns, each is committed or rejected. */
  void write(List<ApplyRow> rows) {
    Window window = new Window();
    List<ApplyRow> accepted = new ArrayList<>(rows.size());
    for (ApplyRow row : rows) {
      try {
        window.add(row.writer(), row.change());
        accepted.add(row);
      } catch (DataException e) {
        rejections.accept(RejectedRecord.of(row.record(), e.getMessage()));
      }
    }
    if (!accepted.isEmpty()) {
      apply(accepted, window);
    }
  }

  private void apply(List<ApplyRow> rows, Window window) {
    try {
      retrier.run(
          "Writing " + rows.size() + " changes to " + tables(rows),
          () -> {
            destination.transaction(statements(window, destination.maxStatementBytes()));
            return null;
          });
    } catch (DataException e) {
      rejectOrHalve(rows, e.getMessage());
    } catch (SQLException e) {
      onRefusal(rows, SqlFailure.of(e));
    }
  }

  /**
   * A character takes up to four bytes on the wire; the server's limit counts bytes. Drivers report
   * a longer statement as their own failure, which looks like a lost connection.
   */
  private List<String> statements(Window window, long maxPacketBytes) {
    List<String> statements =
        window.statements((int) Math.min(maxStatementChars, maxPacketBytes / 4));
    if (statements.stream().anyMatch(sql -> sql.length() >= maxPacketBytes)) {
      throw new DataException(
          "the row is larger than the destination's max_allowed_packet of "
              + maxPacketBytes
              + " bytes; raise it there");
    }
    return statements;
  }

  private void onRefusal(List<ApplyRow> rows, SqlFailure failure) {
    if (failure.kind() != SqlFailure.Kind.DATA) {
      throw new ConnectException(
          "Writing to "
              + tables(rows)
              + " was refused: "
              + failure.description()
              + "; first record of the transaction: "
              + rows.get(0).position()
              + "; check the table's definition and the user's privileges, then restart the task");
    }
    rejectOrHalve(rows, "table " + tables(rows) + " refused it: " + failure.description());
  }

  private void rejectOrHalve(List<ApplyRow> rows, String reason) {
    if (rows.size() == 1) {
      rejections.accept(RejectedRecord.of(rows.get(0).record(), reason));
      return;
    }
    int half = rows.size() / 2;
    write(rows.subList(0, half));
    write(rows.subList(half, rows.size()));
  }

  private static String tables(List<ApplyRow> rows) {
    return String.join(
        ", ",
        rows.stream()
            .map(row -> row.writer().plan().table())
            .distinct()
            .map(TableId::quoted)
            .toList());
  }

  /** Empties a table. */
  void truncate(TablePlan plan) {
    String table = plan.table().quoted();
    try {
      retrier.run(
          "Truncating " + table,
          () -> {
            destination.transaction(List.of("TRUNCATE TABLE " + table));
            return null;
          });
    } catch (SQLException e) {
      throw new ConnectException(
          "Truncating " + table + " was refused: " + SqlFailure.of(e).description());
    }
  }
}
