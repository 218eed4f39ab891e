package io.obconnect.sink;

import io.obconnect.model.SqlFailure;
import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import io.obconnect.sink.LaneWork.RowWork;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a record cannot be applied. Names and numbers only, never a row value.
 *
 * @param table in the source; empty where the record does not say which
 * @param plan the destination's table, where it is known
 * @param code {@link #UNREADABLE_RECORD}, {@link #UNFIT_CHANGE}, or the destination's error number
 * @param sqlState the destination's SQL state; empty where it was not the destination that refused
 * @param reason one sentence
 */
record Rejection(
    Optional<TableId> table,
    Optional<TablePlan> plan,
    String code,
    String sqlState,
    String reason) {

  /** The record is of no shape that is known. */
  static final String UNREADABLE_RECORD = "UNREADABLE_RECORD";

  /** The change cannot be made in the destination's table. */
  static final String UNFIT_CHANGE = "UNFIT_CHANGE";

  Rejection {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(sqlState, "sqlState");
    Objects.requireNonNull(reason, "reason");
  }

  /** A row that the sink itself cannot write. */
  static Rejection unfit(RowWork row, String reason) {
    return new Rejection(
        Optional.of(row.change().table()), Optional.of(row.plan()), UNFIT_CHANGE, "", reason);
  }

  /** A row that the destination does not take. */
  static Rejection refused(RowWork row, SqlFailure failure) {
    return new Rejection(
        Optional.of(row.change().table()),
        Optional.of(row.plan()),
        String.valueOf(failure.errorCode()),
        failure.sqlState(),
        "the destination refused it: " + failure.description());
  }

  /** Quoted names of the columns by which the row is found, in key order; empty where unknown. */
  String keyColumns() {
    return plan.map(TablePlan::rowKeyColumns).orElse(List.of()).stream()
        .map(column -> SqlText.identifier(column.name()))
        .collect(Collectors.joining(","));
  }

  /** One clause: the destination's table or else the source's, its key, and the reason. */
  String description() {
    String key = keyColumns().isEmpty() ? "" : " (key " + keyColumns() + ")";
    return plan.map(TablePlan::table)
            .or(() -> table)
            .map(id -> "table " + id.quoted() + key + ": ")
            .orElse("")
        + reason;
  }
}
