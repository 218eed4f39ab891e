package io.obconnect.sink;

import io.obconnect.model.DatabaseConnector;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes what a task's threads work with in the destination. Immutable. */
final class Destination {
  private final OceanBaseSinkConfig config;
  private final OffsetLedger offsets;

  Destination(OceanBaseSinkConfig config) {
    this.config = Objects.requireNonNull(config, "config");
    this.offsets = new OffsetLedger(config.connectorName(), config.ledgerDatabase());
  }

  ControlTools controlTools(TableCatalog catalog) {
    Ledger ledger = new Ledger(config.connectorName(), config.ledgerDatabase());
    AppliedRowsLedger appliedRows =
        new AppliedRowsLedger(config.connectorName(), config.ledgerDatabase());
    DestinationSession session =
        session(
            connection -> {
              ledger.create(connection);
              offsets.create(connection);
              appliedRows.create(connection);
              // Before the first table is looked up, and with that before the first row.
              appliedRows.read(connection).forEach(catalog::putAppliedRows);
            });
    Retrier retrier = new Retrier(session::recover, config.retryPolicy());
    TableResolver resolver = new TableResolver(session, ledger, config.keylessTables());
    return new ControlTools(
        session,
        retrier,
        catalog,
        resolver,
        new SchemaApplier(
            new SchemaWork(
                session, ledger, appliedRows, retrier, resolver, catalog, config.schemaPolicies())),
        offsets);
  }

  ApplyLane lane(
      int number, Consumer<List<RejectedRecord>> rejections, ApplyLane.Surroundings surroundings) {
    DestinationSession session = session(connection -> {});
    return new ApplyLane(
        config.connectorName() + "-lane-" + number,
        session,
        new Retrier(session::recover, config.retryPolicy()),
        rejections,
        config.limits(),
        surroundings);
  }

  private DestinationSession session(DestinationSession.Setup onFirstConnect) {
    return new DestinationSession(
        new DatabaseConnector(config.connection()), offsets, onFirstConnect);
  }
}
