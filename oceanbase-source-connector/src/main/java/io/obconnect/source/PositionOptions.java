package io.obconnect.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Options: what becomes of a position that the log no longer has. */
final class PositionOptions {
  static final String ON_LOST = "on.position.lost";
  static final String FAIL = "fail";
  static final String RESNAPSHOT = "resnapshot";

  private static final String GROUP = "Position";
  private static final String INITIAL = "initial";
  private static final String WHEN_NEEDED = "when_needed";

  /** Modes that copy rows when there is no offset, and stream then. */
  private static final Set<String> COPYING_MODES = Set.of(INITIAL, WHEN_NEEDED, "always");

  private PositionOptions() {}

  static void define(ConfigDef definition) {
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

  /** Whether a lost position is answered by a copy. */
  static boolean resnapshots(Map<String, String> options) {
    return RESNAPSHOT.equals(options.get(ON_LOST));
  }

  /** What is wrong with the options together, by the name of one. */
  static Map<String, String> findings(Map<String, String> options) {
    Map<String, String> findings = new LinkedHashMap<>();
    String mode = options.getOrDefault(SourceDefaults.SNAPSHOT_MODE, INITIAL);
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
            SourceDefaults.SNAPSHOT_MODE + "=" + mode + " copies no rows: set it to " + INITIAL);
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
              + INITIAL
              + ", or "
              + ON_LOST
              + "="
              + RESNAPSHOT);
    }
    return findings;
  }
}
