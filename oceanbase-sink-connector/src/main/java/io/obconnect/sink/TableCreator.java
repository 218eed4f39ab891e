package io.obconnect.sink;

import io.obconnect.model.Rewrite;
import io.obconnect.model.StatementRenderer;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableFit;
import io.obconnect.model.TableId;
import io.obconnect.sink.Ledger.Entry;
import io.obconnect.sink.Ledger.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the tables of the source's definitions, and decides about tables that are there already.
 * Used by the control lane's thread only.
 */
final class TableCreator {
  private static final Logger LOG = LoggerFactory.getLogger(TableCreator.class);

  private final SchemaWork work;

  TableCreator(SchemaWork work) {
    this.work = Objects.requireNonNull(work, "work");
  }

  /**
   * Creates a table, takes an existing one into use, or fails the source table.
   *
   * @param entry names the change, without its converted form
   * @param begun whether the ledger says that the creation was begun before
   * @param snapshot whether the table's rows are still to be copied
   */
  void create(Entry entry, TableDefinition source, boolean begun, boolean snapshot) {
    TableDesign design = TableDesign.of(source, snapshot, work.policies(), work.profile());
    if (design instanceof TableDesign.Refused refused) {
      work.fail(entry, refused.reason());
    } else if (design instanceof TableDesign.Accepted accepted) {
      create(entry.converted(accepted.sql(), accepted.notes()), accepted, begun);
    }
  }

  private void create(Entry entry, TableDesign.Accepted design, boolean begun) {
    TableId destination = design.table().id();
    Optional<TableDefinition> existing = work.definition(destination);
    Optional<TableState.Failed> obstacle = work.obstacle(entry.table(), existing.isPresent());
    if (obstacle.isPresent()) {
      work.fail(entry, obstacle.get().reason());
    } else if (existing.isPresent() && work.isToBeReplaced(entry.table())) {
      replace(entry, design);
    } else if (existing.isPresent() && !begun) {
      use(entry, design, existing.get());
    } else {
      work.createDatabaseOf(destination);
      make(entry, design, () -> work.createTable(entry.table(), design.sql()));
    }
  }

  private void replace(Entry entry, TableDesign.Accepted design) {
    String name = design.table().id().quoted();
    LOG.warn("Table {} exists in the destination; it is dropped and created anew", name);
    List<String> notes =
        Stream.concat(Stream.of("a table that existed is dropped first"), entry.notes().stream())
            .toList();
    make(
        entry.with(notes),
        design,
        () -> work.recreateTable(entry.table(), design.table().id(), design.sql()));
  }

  private void use(Entry entry, TableDesign.Accepted design, TableDefinition existing) {
    String name = design.table().id().quoted();
    TableFit fit = TableFit.of(design.table(), existing);
    if (!fit.isCompatible()) {
      String reason =
          "table "
              + name
              + " exists in the destination and does not fit: "
              + String.join("; ", fit.obstacles())
              + "; "
              + ExistingTables.WHAT_TO_DO;
      work.record(entry.refused(Outcome.EXISTING_REFUSED, reason));
      LOG.error("{}", reason);
      return;
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "the table existed, "
            + (work.hasRows(design.table().id()) ? "holds rows" : "is empty")
            + " and is used as it is");
    fit.differences().forEach(difference -> notes.add("difference: " + difference));
    work.record(entry.with(notes).with(Outcome.FOUND_EXISTING));
    LOG.info("Table {} exists in the destination: {}", name, notes);
  }

  /** A refusal fails the table, not the task. */
  private void make(Entry entry, TableDesign.Accepted design, Retrier.Work<?> creation) {
    work.holdBack(entry, design.heldBack());
    design
        .afterCopy()
        .forEach(
            alter ->
                work.record(entry.later(Ledger.INDEX_AFTER_COPY, StatementRenderer.sql(alter))));
    Optional<String> refusal = work.execute(entry, Map.of(), creation);
    if (refusal.isPresent()) {
      work.fail(
          entry,
          "the destination refused to create " + entry.table().quoted() + ": " + refusal.get());
    } else {
      logCreated(design.table().id().quoted(), design.rewrites());
    }
  }

  private static void logCreated(String name, List<Rewrite> rewrites) {
    List<String> worthReading =
        rewrites.stream()
            .filter(rewrite -> rewrite.kind() != Rewrite.Kind.ROUTINE_OPTION)
            .map(Rewrite::toString)
            .toList();
    LOG.info(
        "Created table {}{}",
        name,
        worthReading.isEmpty() ? " as it is" : "; changed: " + String.join("; ", worthReading));
  }
}
