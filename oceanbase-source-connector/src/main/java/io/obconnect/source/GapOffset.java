package io.obconnect.source;

import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.SourceInfo;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotContext;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.relational.TableId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An offset of a stream that begins before its definitions; until they are reached, it says so to
 * the task that goes on from it. Used as Debezium uses its own.
 */
final class GapOffset extends MySqlOffsetContext {
  private static final String KEY = "definitions_at";

  private Optional<DefinitionsGap> gap;
  private boolean inGap;

  @SuppressWarnings("unchecked") // as Debezium's own offset has it
  private GapOffset(
      MySqlOffsetContext other, MySqlConnectorConfig config, Optional<DefinitionsGap> gap) {
    super(
        other.getSnapshot().orElse(null),
        other.isSnapshotCompleted(),
        other.getTransactionContext(),
        (IncrementalSnapshotContext<TableId>) other.getIncrementalSnapshotContext(),
        new SourceInfo(config));
    this.gap = gap;
    setBinlogStartPoint(other.getSource().binlogFilename(), other.getSource().binlogPosition());
    setInitialSkips(other.eventsToSkipUponRestart(), other.rowsToSkipUponRestart());
    setCompletedGtidSet(other.gtidSet());
  }

  /** Of a stream that has not begun. */
  static GapOffset ofSnapshot(MySqlConnectorConfig config) {
    return new GapOffset(MySqlOffsetContext.initial(config), config, Optional.empty());
  }

  /** Moves from where the definitions were read to where the stream begins. */
  void goBackTo(LogStart start) {
    String gtids = gtidSet();
    gap =
        Optional.of(
            new DefinitionsGap(
                new LogStart(
                    getSource().binlogFilename(),
                    getSource().binlogPosition(),
                    gtids == null ? "" : gtids)));
    resetGtidSet();
    setBinlogStartPoint(start.file(), start.position());
    setCompletedGtidSet(start.gtids());
  }

  /** Notes that a transaction begins. */
  void begin(String gtid, String file, long position) {
    inGap = gap.isPresent() && gap.get().contains(gtid, file, position);
    if (!inGap) {
      gap = Optional.empty();
    }
  }

  /** Whether what comes is older than the definitions. */
  static boolean isInGap(OffsetContext offset) {
    return offset instanceof GapOffset gap && gap.inGap;
  }

  @Override
  public Map<String, ?> getOffset() {
    Map<String, Object> offset = new HashMap<>(super.getOffset());
    gap.ifPresent(open -> offset.put(KEY, open.text()));
    return offset;
  }

  /** Reads stored offsets, of this kind and of Debezium's. */
  static final class Loader extends MySqlOffsetContext.Loader {
    private final MySqlConnectorConfig config;

    Loader(MySqlConnectorConfig config) {
      super(config);
      this.config = config;
    }

    @Override
    public MySqlOffsetContext load(Map<String, ?> offset) {
      MySqlOffsetContext loaded = super.load(offset);
      return offset.get(KEY) instanceof String gap
          ? new GapOffset(loaded, config, Optional.of(DefinitionsGap.parse(gap)))
          : loaded;
    }
  }
}
