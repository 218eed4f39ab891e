package io.obconnect.sink;

import io.obconnect.model.ConnectRowFilter;
import io.obconnect.model.RowDecision;
import io.obconnect.model.TableId;
import io.obconnect.sink.SourceChange.Operation;
import io.obconnect.sink.SourceChange.RowChange;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/**
 * Turns changes of one source table into those that the destination's table needs: rows that pass
 * the filter, with the destination's columns. Used by the task's thread only.
 */
final class RowSelector {
  private final boolean takesAll;
  private final Optional<ConnectRowFilter> filter;
  private final SchemaCache<ColumnProjection> rows;
  private final SchemaCache<ColumnProjection> keys;

  RowSelector(Selection selection, TableId source, TablePlan plan) {
    this.filter =
        selection
            .filters()
            .of(source)
            .map(
                rowFilter ->
                    new ConnectRowFilter(
                        rowFilter, column -> isUnsigned(selection, source, plan, column)));
    this.takesAll = filter.isEmpty() && selection.columns().isEmpty();
    this.rows =
        new SchemaCache<>(schema -> ColumnProjection.ofRow(schema, source, selection.columns()));
    this.keys =
        new SchemaCache<>(schema -> ColumnProjection.ofKey(schema, source, selection.columns()));
  }

  private static boolean isUnsigned(
      Selection selection, TableId source, TablePlan plan, String column) {
    return selection
        .columns()
        .map(source, column)
        .flatMap(plan::column)
        .map(DestinationColumn::unsigned)
        .orElse(false);
  }

  /**
   * What the destination has to do; nothing if the change concerns no chosen row.
   *
   * @throws IllegalArgumentException when filter or columns do not fit the table
   * @throws org.apache.kafka.connect.errors.DataException when a value is not of its type's form
   */
  Optional<RowChange> select(RowChange change) {
    if (takesAll) {
      return Optional.of(change);
    }
    if (filter.isEmpty()) {
      return Optional.of(projected(change, change.operation(), change.key(), change.before()));
    }
    RowDecision decision = decision(filter.get(), change);
    return switch (decision) {
      case DROP -> Optional.empty();
      case KEEP, UPSERT ->
          Optional.of(projected(change, change.operation(), change.key(), change.before()));
      case INSERT -> Optional.of(projected(change, Operation.INSERT, change.key(), null));
      // The record's key is that of the row after the change.
      case DELETE ->
          Optional.of(
              projected(
                  change,
                  Operation.DELETE,
                  holdsKey(change.before(), change.key()) ? null : change.key(),
                  change.before()));
    };
  }

  private static boolean holdsKey(Struct row, Struct key) {
    return row != null
        && key != null
        && key.schema().fields().stream().allMatch(f -> row.schema().field(f.name()) != null);
  }

  private static RowDecision decision(ConnectRowFilter filter, RowChange change) {
    return switch (change.operation()) {
      case INSERT -> filter.inserted(change.after());
      case UPDATE -> filter.updated(change.before(), change.after());
      case DELETE -> filter.deleted(change.before());
    };
  }

  private RowChange projected(RowChange change, Operation operation, Struct key, Struct before) {
    return new RowChange(
        change.table(),
        operation,
        projected(keys, key),
        projected(rows, before),
        operation == Operation.DELETE ? null : projected(rows, change.after()),
        change.source());
  }

  private static Struct projected(SchemaCache<ColumnProjection> projections, Struct row) {
    return row == null ? null : projections.get(row.schema()).project(row);
  }
}
