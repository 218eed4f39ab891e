package io.obconnect.sink;

import io.obconnect.model.DatabaseConnector;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes what a task's threads work with in the destination. Immutable. */
final class Destination {
  private final OceanBaseSinkConfig config;
  private final OffsetLedger offsets;
  private final SinkMetrics metrics;

  Destination(OceanBaseSinkConfig config, SinkMetrics metrics) {
    this.config = Objects.requireNonNull(config, "config");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.offsets = new OffsetLedger(config.connectorName(), config.ledgerDatabase());
  }

  /**
   * Makes what the control lane works with.
   *
   * @param transactions takes the source transaction that was applied last
   */
  ControlTools controlTools(TableCatalog catalog, Consumer<TransactionPoint> transactions) {
    Ledger ledger =
        new Ledger(config.connectorName(), config.ledgerDatabase(), metrics::schemaChange);
    TableOwners tableOwners = new TableOwners(config.connectorName(), config.ledgerDatabase());
    Selection selection = config.selection();
    AppliedRowsLedger appliedRows =
        new AppliedRowsLedger(config.connectorName(), config.ledgerDatabase());
    CopyLedger copies = new CopyLedger(config.connectorName(), config.ledgerDatabase());
    WatermarkLedger watermarks =
        new WatermarkLedger(config.connectorName(), config.ledgerDatabase());
    MarkerLedger markers = new MarkerLedger(config.connectorName(), config.ledgerDatabase());
    // What it writes besides are rows of the ledger, which have no numbers of their own.
    DestinationSession session =
        session(
            true,
            connection -> {
              ledger.create(connection);
              tableOwners.create(connection);
              offsets.create(connection);
              appliedRows.create(connection);
              watermarks.create(connection);
              copies.create(connection);
              markers.create(connection);
              // Before the first table is looked up, and with that before the first row.
              appliedRows.read(connection).forEach(catalog::putAppliedRows);
              offsets.lastTransaction(connection).ifPresent(transactions);
            });
    Retrier retrier = retrier(session);
    ExistingTables existing =
        new ExistingTables(session, ledger, tableOwners, selection, config.existingTables());
    TableResolver resolver =
        new TableResolver(
            session,
            ledger,
            existing,
            config.copiesBlocks() ? Optional.of(copies) : Optional.empty(),
            appliedRows,
            catalog,
            selection,
            config.keylessTables());
    SchemaWork work =
        new SchemaWork(
            session,
            ledger,
            appliedRows,
            copies,
            retrier,
            resolver,
            existing,
            catalog,
            config.schemaPolicies());
    return new ControlTools(
        session,
        retrier,
        catalog,
        resolver,
        new SchemaApplier(work),
        new IndexesAfterCopy(work),
        new RecordDefiner(work),
        new DestinationExaminer(session),
        offsets,
        watermarks,
        markers,
        appliedRows);
  }

  ApplyLane lane(
      int number, Consumer<List<RejectedRecord>> rejections, ApplyLane.Surroundings surroundings) {
    DestinationSession session = session(false, connection -> {});
    return new ApplyLane(
        config.connectorName() + "-lane-" + number,
        session,
        retrier(session),
        rejections,
        new CopyLedger(config.connectorName(), config.ledgerDatabase()),
        config.limits(),
        surroundings,
        metrics,
        metrics.laneClock(number));
  }

  private Retrier retrier(DestinationSession session) {
    return new Retrier(
        failure -> {
          metrics.failed(failure);
          session.recover(failure);
        },
        config.retryPolicy());
  }

  private DestinationSession session(boolean marked, DestinationSession.Setup onFirstConnect) {
    return new DestinationSession(
        new DatabaseConnector(config.connection()), offsets, marked, onFirstConnect);
  }
}
