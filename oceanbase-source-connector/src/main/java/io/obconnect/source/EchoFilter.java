package io.obconnect.source;

import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what a sink made from what applications made, so that two connectors that copy from each
 * other do not copy their own changes back. A sink with exactly-once delivery moves its marks first
 * in each transaction: a transaction whose first table is in the database of the sink's ledger is
 * the sink's. Its schema changes, each a transaction by itself, bear a {@link
 * io.obconnect.model.StatementMark}.
 *
 * <p>Used by the thread of the binlog client only.
 */
final class EchoFilter {
  private static final Logger LOG = LoggerFactory.getLogger(EchoFilter.class);

  private enum Maker {
    UNKNOWN,
    APPLICATION,
    SINK
  }

  private final Optional<String> ledgerDatabase;
  private Maker maker = Maker.APPLICATION;
  private boolean warned;

  /**
   * A filter.
   *
   * @param ledgerDatabase empty where no transaction is a sink's
   */
  EchoFilter(Optional<String> ledgerDatabase) {
    this.ledgerDatabase = Objects.requireNonNull(ledgerDatabase, "ledgerDatabase");
  }

  /** Takes the beginning of a transaction; it may come more than once. */
  void begin() {
    maker = ledgerDatabase.isPresent() ? Maker.UNKNOWN : Maker.APPLICATION;
  }

  /** Learns that the current transaction's statement bears a sink's mark. */
  void marked() {
    if (ledgerDatabase.isPresent()) {
      maker = Maker.SINK;
    }
  }

  /** Takes a table that the current transaction changes. */
  void changes(String database) {
    boolean ledger = ledgerDatabase.filter(database::equals).isPresent();
    if (maker == Maker.UNKNOWN) {
      maker = ledger ? Maker.SINK : Maker.APPLICATION;
    } else if (ledger && maker == Maker.APPLICATION && !warned) {
      warned = true;
      LOG.warn(
          "A transaction changes database {} after other tables: it counts as an application's, and"
              + " is not skipped. A sink with exactly.once=true begins with its marks; without, its"
              + " changes cannot be told from others'",
          database);
    }
  }

  /** Whether the current transaction's changes are an echo. */
  boolean isEcho() {
    return maker == Maker.SINK;
  }
}
