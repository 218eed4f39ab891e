package io.obconnect.sink;

import java.util.Objects;

/** What the control lane works with; all of it belongs to its thread, but for the catalog. */
record ControlTools(
    DestinationSession session,
    Retrier retrier,
    TableCatalog catalog,
    TableResolver resolver,
    SchemaApplier schemaApplier,
    IndexesAfterCopy indexesAfterCopy,
    RecordDefiner recordDefiner,
    DestinationExaminer examiner,
    OffsetLedger offsets,
    WatermarkLedger watermarks,
    MarkerLedger markers,
    AppliedRowsLedger appliedRows) {

  ControlTools {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(retrier, "retrier");
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(resolver, "resolver");
    Objects.requireNonNull(schemaApplier, "schemaApplier");
    Objects.requireNonNull(indexesAfterCopy, "indexesAfterCopy");
    Objects.requireNonNull(recordDefiner, "recordDefiner");
    Objects.requireNonNull(examiner, "examiner");
    Objects.requireNonNull(offsets, "offsets");
    Objects.requireNonNull(watermarks, "watermarks");
    Objects.requireNonNull(markers, "markers");
    Objects.requireNonNull(appliedRows, "appliedRows");
  }
}
