package io.obconnect.source;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: what does not go back to where it came from. */
final class LoopOptions {
  static final String SKIP_TRANSACTIONS_FROM = "skip.transactions.from";

  private static final String GROUP = "Two-way replication";

  private LoopOptions() {}

  static void define(ConfigDef definition) {
    definition.define(
        SKIP_TRANSACTIONS_FROM,
        ConfigDef.Type.STRING,
        "",
        Importance.MEDIUM,
        "Ledger database of the sinks that write to this database server, obconnect by default there. Their"
            + " transactions are skipped as a whole, for they come from the other side; the sinks need"
            + " exactly.once=true. So are the schema changes that those sinks carry out. Empty: nothing is skipped.",
        GROUP,
        1,
        Width.MEDIUM,
        "Skip transactions of");
  }

  /** The ledger whose transactions are skipped. */
  static Optional<String> ledgerDatabase(Map<String, String> options) {
    return Optional.ofNullable(options.get(SKIP_TRANSACTIONS_FROM))
        .map(String::strip)
        .filter(database -> !database.isEmpty());
  }
}
