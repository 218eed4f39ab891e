package io.obconnect.source;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Options: where the stream begins, and what becomes of a position that the log no longer has. */
final class PositionOptions {
  static final String ON_LOST = "on.position.lost";
  static final String START = "start.position";
  static final String FAIL = "fail";
  static final String RESNAPSHOT = "resnapshot";

  private static final String GROUP = "Position";

  /** What to do about a log that is older than the definitions. */
  static final String LATER_START =
      "delete the connector's offsets, and set "
          + START
          + " behind the last schema change of the captured tables, or remove it, so that they are copied";

  private static final String WHEN_NEEDED = "when_needed";

  /** Modes that copy rows when there is no offset, and stream then. */
  private static final Set<String> COPYING_MODES =
      Set.of(SourceDefaults.INITIAL, WHEN_NEEDED, "always");

  private PositionOptions() {}

  static void define(ConfigDef definition) {
    definition.define(
        START,
        ConfigDef.Type.STRING,
        "",
        new StartValidator(),
        Importance.MEDIUM,
        "Where the stream begins when the connector has no offset; nothing is copied then. `latest`, `earliest`, a"
            + " GTID set (of transactions that are not to come), `file:position` (MySQL only) or a time with its zone,"
            + " `2026-01-31T12:00:00Z`. The tables' definitions are those of now: the task fails when the log changes"
            + " them behind that place. An offset always wins. Empty: tables are copied first.",
        GROUP,
        2,
        Width.MEDIUM,
        "Start position");
    definition.define(
        ON_LOST,
        ConfigDef.Type.STRING,
        FAIL,
        ValidString.in(FAIL, RESNAPSHOT),
        Importance.HIGH,
        "What happens when the database no longer has the log behind the position that was reached: it was deleted, or"
            + " begun anew. `fail`: the task fails with what is missing. `resnapshot`: definitions and rows are copied"
            + " again, and the stream goes on behind that; rows that were deleted meanwhile stay at the destination. Needs"
            + " a `snapshot.mode` that copies rows (`initial`), and `copy.encoding=rows`.",
        GROUP,
        1,
        Width.SHORT,
        "On lost position");
  }

  /** Says at once what no place in a log looks like. */
  private static final class StartValidator implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, Object value) {
      try {
        start(Map.of(START, (String) value));
      } catch (IllegalArgumentException e) {
        throw new ConfigException(name + ": " + e.getMessage());
      }
    }

    @Override
    public String toString() {
      return "empty, or " + StartPosition.FORMS;
    }
  }

  /**
   * Where a stream without an offset begins; empty where tables are copied.
   *
   * @throws IllegalArgumentException when the option cannot be read
   */
  static Optional<StartPosition> start(Map<String, String> options) {
    return Optional.ofNullable(options.get(START))
        .filter(text -> !text.isBlank())
        .map(StartPosition::parse);
  }

  static boolean hasStart(Map<String, String> options) {
    return !options.getOrDefault(START, "").isBlank();
  }

  /** Whether a lost position is answered by a copy. */
  static boolean resnapshots(Map<String, String> options) {
    return RESNAPSHOT.equals(options.get(ON_LOST));
  }

  /** What is wrong with the options together, by the name of one. */
  static Map<String, String> findings(Map<String, String> options) {
    Map<String, String> findings = new LinkedHashMap<>();
    String mode = SourceDefaults.snapshotMode(options);
    if (hasStart(options)) {
      if (options.get(START).matches("[^:]+:\\d+") && ReconnectOptions.hasAddresses(options)) {
        findings.put(START, "files differ among the servers of " + ReconnectOptions.ADDRESSES);
      } else if (CopyOptions.isBlocks(options)) {
        findings.put(
            START, "nothing is copied then: set " + CopyOptions.ENCODING + "=" + CopyOptions.ROWS);
      } else if (!mode.equals(SourceDefaults.NO_DATA)) {
        findings.put(
            START,
            SourceDefaults.SNAPSHOT_MODE
                + "="
                + mode
                + " copies what the stream has: leave it out, or set "
                + SourceDefaults.NO_DATA);
      }
    }
    if (resnapshots(options)) {
      if (CopyOptions.isBlocks(options)) {
        findings.put(
            ON_LOST,
            "changes that were read before the loss would be applied over blocks that are newer: set "
                + FAIL
                + ", or "
                + CopyOptions.ENCODING
                + "="
                + CopyOptions.ROWS);
      } else if (!COPYING_MODES.contains(mode)) {
        findings.put(
            ON_LOST,
            SourceDefaults.SNAPSHOT_MODE
                + "="
                + mode
                + " copies no rows: set it to "
                + SourceDefaults.INITIAL);
      }
    } else if (mode.equals(WHEN_NEEDED)) {
      findings.put(
          SourceDefaults.SNAPSHOT_MODE,
          WHEN_NEEDED
              + " copies again where "
              + ON_LOST
              + "="
              + FAIL
              + " says to fail: set "
              + SourceDefaults.INITIAL
              + ", or "
              + ON_LOST
              + "="
              + RESNAPSHOT);
    }
    return findings;
  }

  /** What is wrong with the start as far as a database tells. */
  static Map<String, String> findings(Map<String, String> options, LogState log) {
    return start(options)
        .flatMap(start -> log.problem(start, Instant.now()))
        .map(problem -> Map.of(START, problem + " (remove the option where there are offsets)"))
        .orElse(Map.of());
  }
}
