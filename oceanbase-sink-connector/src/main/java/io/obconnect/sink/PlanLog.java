package io.obconnect.sink;

import io.obconnect.model.DestinationLacks;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log how the task works, and how each table is written; again when that changes. Holds
 * no row value. Used by the task's thread only.
 */
final class PlanLog {
  private static final Logger LOG = LoggerFactory.getLogger(PlanLog.class);
  private static final String NO_LIMIT = "no limit";
  private static final String NEXT_LINE = "\n" + " ".repeat(16);

  private final OceanBaseSinkConfig config;
  private final Map<TableId, TablePlan> tables = new HashMap<>();
  private String logged = "";

  PlanLog(OceanBaseSinkConfig config) {
    this.config = Objects.requireNonNull(config, "config");
  }

  /**
   * Says how the task works, unless it has said just that.
   *
   * @return whether it had to be said
   */
  boolean examined(DestinationFacts facts) {
    String text = text(config, facts);
    if (text.equals(logged)) {
      return false;
    }
    logged = text;
    LOG.info("{}", text);
    return true;
  }

  /** Says how a table is written, unless it has said just that. */
  void ready(TablePlan plan) {
    if (!plan.equals(tables.put(plan.table(), plan))) {
      LOG.info("{}", text(plan));
    }
  }

  static String text(OceanBaseSinkConfig config, DestinationFacts facts) {
    SinkLimits limits = config.limits();
    PaceLimits pace = config.pace();
    DestinationProfile profile = facts.profile();
    return String.join(
        "\n",
        "How " + config.connectorName() + "-" + config.taskNumber() + " works:",
        "  destination   " + profile.engine() + " " + profile.version(),
        "  lanes         " + limits.lanes() + ", a connection each",
        "  exactly once  "
            + (config.exactlyOnce()
                ? "yes, offsets in " + SqlText.identifier(config.ledgerDatabase())
                : "no, changes may be applied again after a crash"),
        "  transaction   at most "
            + limits.windowMaxRows()
            + " changes, "
            + limits.windowMaxBytes()
            + " bytes",
        "  buffer        at most "
            + limits.bufferMaxRows()
            + " changes, "
            + limits.bufferMaxBytes()
            + " bytes",
        "  throttle      "
            + perSecond(pace.rowsPerSecond(), "changes")
            + ", "
            + perSecond(pace.bytesPerSecond(), "bytes"),
        "  memory guard  " + memoryGuard(pace, facts),
        "  dead letters  " + deadLetters(config),
        "  lacking       " + lacking(config, facts));
  }

  private static String deadLetters(OceanBaseSinkConfig config) {
    if (config.deadLetterTopic().isEmpty()) {
      return "none, " + OceanBaseSinkConfig.DEAD_LETTER_TOPIC + " is not set";
    }
    return "to "
        + config.deadLetterTopic().get()
        + (config.explainsDeadLetters()
            ? ", with table, key columns, error code and reason as headers"
            : "; to get table, key columns, error code and reason as headers set "
                + OceanBaseSinkConfig.DEAD_LETTER_INTERCEPTORS
                + "="
                + DeadLetterHeaders.class.getName());
  }

  private static String perSecond(long limit, String unit) {
    return limit == 0 ? NO_LIMIT + " of " + unit : limit + " " + unit + " a second";
  }

  private static String memoryGuard(PaceLimits pace, DestinationFacts facts) {
    if (pace.memstorePercent() == 0) {
      return "off";
    }
    return facts.memstore().isEmpty()
        ? "none, the destination does not show its memory"
        : "pauses above " + pace.memstorePercent() + " % of the memstore's limit";
  }

  private static String lacking(OceanBaseSinkConfig config, DestinationFacts facts) {
    List<String> lacking =
        new ArrayList<>(DestinationLacks.of(facts.profile(), config.schemaPolicies().conversion()));
    if (facts.memstore().isEmpty()) {
      lacking.add("memory views");
    }
    return lacking.isEmpty() ? "nothing" : String.join(NEXT_LINE, lacking);
  }

  static String text(TablePlan plan) {
    String table = "Table " + plan.table().quoted() + ": ";
    if (plan.tableClass() == TableClass.KEYLESS) {
      return table + "no key, each row is found by all its columns, one change after the other";
    }
    String key =
        plan.rowKeyColumns().stream()
            .map(DestinationColumn::name)
            .map(SqlText::identifier)
            .collect(Collectors.joining(", ", "rows are found by ", ""));
    if (plan.tableClass() == TableClass.KEYED) {
      return table + key + ", keys are written in parallel";
    }
    return table
        + key
        + ", "
        + (plan.serial()
            ? "one change after the other because a unique key is an expression"
            : "changes that share a value of "
                + plan.furtherKeys().stream()
                    .map(UniqueKey::name)
                    .map(name -> "unique key " + SqlText.identifier(name))
                    .collect(Collectors.joining(" or "))
                + " wait for each other");
  }
}
