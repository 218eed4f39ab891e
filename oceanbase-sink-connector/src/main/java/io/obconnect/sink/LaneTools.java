package io.obconnect.sink;

import io.obconnect.model.DatabaseConnector;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a lane works with; all of it belongs to the lane's thread, but for the catalog, which the
 * task reads.
 */
record LaneTools(
    DestinationSession session,
    Retrier retrier,
    TableCatalog catalog,
    TableResolver resolver,
    SchemaApplier schemaApplier,
    WindowWriter writer) {

  LaneTools {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(retrier, "retrier");
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(resolver, "resolver");
    Objects.requireNonNull(schemaApplier, "schemaApplier");
    Objects.requireNonNull(writer, "writer");
  }

  static LaneTools create(
      OceanBaseSinkConfig config, TableCatalog catalog, Consumer<RejectedRecord> rejections) {
    Ledger ledger = new Ledger(config.connectorName(), config.ledgerDatabase());
    DestinationSession session =
        new DestinationSession(new DatabaseConnector(config.connection()), ledger);
    Retrier retrier = new Retrier(session::recover, config.retryPolicy());
    TableResolver resolver = new TableResolver(session, ledger);
    return new LaneTools(
        session,
        retrier,
        catalog,
        resolver,
        new SchemaApplier(session, ledger, retrier, resolver, catalog),
        new WindowWriter(session, retrier, config.limits().windowMaxChars(), rejections));
  }
}
