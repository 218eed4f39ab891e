package io.obconnect.sink;

import io.obconnect.model.ConversionResult;
import io.obconnect.model.DdlKind;
import io.obconnect.model.Rewrite;
import io.obconnect.model.SchemaConverter;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableId;
import io.obconnect.model.TableRenderer;
import io.obconnect.sink.Ledger.Entry;
import io.obconnect.sink.Ledger.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes tables and columns as records describe them, where no schema change does. Used by the
 * control lane's thread only.
 */
final class RecordDefiner {
  private static final Logger LOG = LoggerFactory.getLogger(RecordDefiner.class);

  private final SchemaWork work;
  private final Selection selection;

  RecordDefiner(SchemaWork work) {
    this.work = Objects.requireNonNull(work, "work");
    this.selection = work.policies().selection();
  }

  /**
   * Makes a table, or adds the columns that it lacks. What was done before is not done again: a
   * table or a column that has gone since was taken away by somebody.
   */
  void define(DataDefinition definition) {
    TableId table = definition.table();
    TableState state = work.state(table);
    if (state instanceof TableState.Failed failed && failed.lasting()) {
      work.publish(table, state);
      return;
    }
    try {
      if (state instanceof TableState.Ready ready) {
        TableDefinition missing = missing(definition, ready.plan());
        if (missing.columns().isEmpty()) {
          work.publish(table, state);
        } else {
          define(definition, missing, DdlKind.ADD_COLUMN, TableRenderer::addColumnsSql);
        }
      } else if (work.isToBeReplaced(table)
          && work.definition(selection.destination(table)).isPresent()) {
        work.publish(table, inTheWay(table));
      } else {
        TableDefinition whole = selection.map(definition.tableDefinition(work.profile())).table();
        define(definition, whole, DdlKind.CREATE_TABLE, TableRenderer::createTableSql);
      }
    } catch (IllegalArgumentException e) {
      work.publish(
          table, new TableState.Failed("table " + table.quoted() + ": " + e.getMessage(), false));
    }
  }

  /** Records know too little of a table to drop one for them. */
  private static TableState inTheWay(TableId table) {
    return new TableState.Failed(
        "table "
            + table.quoted()
            + " exists in the destination, and only a definition from the source's schema change"
            + " topic replaces it ("
            + SchemaOptions.EXISTING_TABLE
            + "="
            + OptionValues.of(ExistingTablePolicy.RECREATE)
            + "); subscribe to that topic, or move the table out of the way",
        false);
  }

  /** The columns that the destination's table lacks. */
  private TableDefinition missing(DataDefinition definition, TablePlan plan) {
    TableDefinition wanted = selection.map(definition.addedColumns(work.profile())).table();
    return wanted.withColumns(
        wanted.columns().stream().filter(column -> plan.column(column.name()).isEmpty()).toList());
  }

  private void define(
      DataDefinition definition,
      TableDefinition wanted,
      DdlKind kind,
      Function<TableDefinition, String> sql) {
    ConversionResult result = SchemaConverter.convert(wanted, work.profile(), work.conversion());
    if (!(result instanceof ConversionResult.Converted converted)) {
      throw new IllegalStateException("types of our own choice are refused: " + result);
    }
    Entry entry = entry(definition, kind, sql.apply(converted.table()), converted.rewrites());
    boolean done =
        work.recorded(entry.id())
            .filter(recorded -> recorded.outcome() == Outcome.APPLIED)
            .isPresent();
    Optional<String> refusal = Optional.empty();
    if (!done) {
      work.createDatabaseOf(converted.table().id());
      refusal =
          work.execute(
              entry,
              Map.of(),
              kind == DdlKind.CREATE_TABLE
                  ? () -> work.createTable(entry.table(), entry.convertedDdl())
                  : () -> work.run(entry.convertedDdl()));
    }
    settle(definition, entry, done, refusal);
  }

  private void settle(
      DataDefinition definition, Entry entry, boolean doneBefore, Optional<String> refusal) {
    TableId table = definition.table();
    TableState state = work.state(table);
    boolean usable =
        state instanceof TableState.Ready ready
            && missing(definition, ready.plan()).columns().isEmpty();
    if (usable) {
      if (refusal.isPresent()) {
        // Another task was faster.
        work.record(entry.with(Outcome.FOUND_EXISTING));
      }
      LOG.info(
          "Table {} is defined from its records, no schema change came: {}",
          table.quoted(),
          entry.convertedDdl());
    } else if (doneBefore) {
      state =
          new TableState.Failed(
              "table "
                  + table.quoted()
                  + " lacks what was added to it before and its records have; add it by hand",
              false);
    } else {
      work.fail(
          entry,
          "table "
              + table.quoted()
              + " could not be defined from its records"
              + refusal.map(reason -> ": " + reason).orElse(""));
      state = work.state(table);
    }
    work.publish(table, state);
  }

  private static Entry entry(
      DataDefinition definition, DdlKind kind, String convertedDdl, List<Rewrite> rewrites) {
    String position = definition.position().toString();
    return new Entry(
        Ledger.changeId(convertedDdl),
        kind.optionName(),
        definition.table(),
        position.substring(0, Math.min(position.length(), Ledger.MAX_POSITION_CHARS)),
        definition.describe(),
        convertedDdl,
        Outcome.STARTED,
        Stream.concat(
                Stream.of("defined from the schema of records"),
                rewrites.stream().map(Rewrite::toString))
            .toList());
  }
}
