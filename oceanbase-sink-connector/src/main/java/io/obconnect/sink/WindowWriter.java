package io.obconnect.sink;

import io.obconnect.model.SqlFailure;
import io.obconnect.model.TableId;
import io.obconnect.sink.LaneWork.RowWork;
import io.obconnect.sink.Window.Belief;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies work in transactions. When the destination refuses a window for its data, the window is
 * cut into small pieces, and of each piece the refused records are found by trying; those are
 * rejected and all others applied, in order. One thread only.
 */
final class WindowWriter {
  private static final Logger LOG = LoggerFactory.getLogger(WindowWriter.class);

  /** Small enough that trying the piece out again and again costs little. */
  private static final int PIECE = 64;

  /** Plans replaced by later ones are forgotten together with those in use. */
  private static final int MAX_TABLES = 10_000;

  private static final long MAX_BYTES_OF_CHAR = 4;

  /** ER_DUP_ENTRY. */
  static final int DUPLICATE_KEY = 1062;

  /** Where a conflict showed that changes come again, others are expected for so long. */
  private static final long REPEAT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final TransactionRunner destination;
  private final Retrier retrier;
  private final SinkLimits limits;
  private final Consumer<List<RejectedRecord>> rejections;
  private final SinkMetrics metrics;
  private final IdentityHashMap<TablePlan, TableWriter> writers = new IdentityHashMap<>();
  private StatementBuffer buffer;
  private Long repeatedNanos;

  /** When a row that the source had said to be new was there: its copy is being repeated. */
  private Long foundExistingNanos;

  /**
   * Writes to a destination.
   *
   * @param rejections takes the records that cannot be applied, before the work counts as done
   */
  WindowWriter(
      TransactionRunner destination,
      Retrier retrier,
      SinkLimits limits,
      Consumer<List<RejectedRecord>> rejections,
      SinkMetrics metrics) {
    this.destination = Objects.requireNonNull(destination, "destination");
    this.retrier = Objects.requireNonNull(retrier, "retrier");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.buffer = new StatementBuffer(limits.statementMaxChars());
    this.rejections = Objects.requireNonNull(rejections, "rejections");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
  }

  /**
   * Applies work in order.
   *
   * @param done takes what is committed or rejected, in order, as soon as it is
   * @throws TableRefusedException when a table is not as it was thought to be; no work of it, nor
   *     what follows, is done
   */
  void write(List<LaneWork> works, Consumer<List<LaneWork>> done) {
    try {
      commit(works);
      done.accept(works);
    } catch (DataException e) {
      writeInPieces(works, done);
    } catch (SQLException e) {
      SqlFailure failure = SqlFailure.of(e);
      if (failure.kind() != SqlFailure.Kind.DATA && works.size() == 1) {
        throw refusal(works, failure);
      }
      writeInPieces(works, done);
    }
  }

  private void writeInPieces(List<LaneWork> works, Consumer<List<LaneWork>> done) {
    for (int from = 0; from < works.size(); ) {
      int to = endOfPiece(works, from);
      List<LaneWork> piece = works.subList(from, to);
      writePiece(piece);
      done.accept(piece);
      from = to;
    }
  }

  /** A source transaction stays whole. */
  private static int endOfPiece(List<LaneWork> works, int from) {
    int to = Math.min(from + PIECE, works.size());
    while (to < works.size()
        && works.get(to).transaction() != LaneWork.NO_TRANSACTION
        && works.get(to).transaction() == works.get(to - 1).transaction()) {
      to++;
    }
    return to;
  }

  /** Finds the refused records without committing anything, reports them, commits the others. */
  private void writePiece(List<LaneWork> piece) {
    List<LaneWork> accepted = new ArrayList<>();
    List<RejectedRecord> rejected = new ArrayList<>();
    sort(piece, accepted, rejected);
    if (!rejected.isEmpty()) {
      rejections.accept(rejected);
    }
    // The marks pass the rejected records, too.
    try {
      run(Belief.ROWS_MAY_BE_FURTHER_ON, accepted, marks(piece), true);
    } catch (SQLException e) {
      throw refusal(accepted, SqlFailure.of(e));
    }
  }

  private void sort(List<LaneWork> chunk, List<LaneWork> accepted, List<RejectedRecord> rejected) {
    List<LaneWork> trial = new ArrayList<>(accepted);
    trial.addAll(chunk);
    boolean single = chunk.size() == 1;
    Function<RowWork, Rejection> why;
    try {
      run(Belief.ROWS_MAY_BE_FURTHER_ON, trial, List.of(), false);
      accepted.addAll(chunk);
      return;
    } catch (DataException e) {
      if (e instanceof KeyTakenException && chunk.get(0) instanceof RowWork row && single) {
        throw keyTaken(row);
      }
      why = row -> Rejection.unfit(row, e.getMessage());
    } catch (SQLException e) {
      SqlFailure failure = SqlFailure.of(e);
      if (failure.kind() != SqlFailure.Kind.DATA && single) {
        throw refusal(chunk, failure);
      }
      if (e.getErrorCode() == DUPLICATE_KEY && single && isMerged(chunk.get(0))) {
        throw keyTaken((RowWork) chunk.get(0));
      }
      why = row -> Rejection.refused(row, failure);
    }
    if (single) {
      if (chunk.get(0) instanceof RowWork row) {
        rejected.add(new RejectedRecord(row.position(), row.record(), why.apply(row)));
      }
      return;
    }
    int half = chunk.size() / 2;
    sort(chunk.subList(0, half), accepted, rejected);
    sort(chunk.subList(half, chunk.size()), accepted, rejected);
  }

  private void commit(List<LaneWork> works) throws SQLException {
    List<SlotMark> marks = marks(works);
    long firstConflictNanos = System.nanoTime();
    Belief belief =
        isRecent(foundExistingNanos, firstConflictNanos)
            ? Belief.ANY_ROW_MAY_EXIST
            : Belief.NEW_ROWS_ARE_NEW;
    for (int conflicts = 0; ; conflicts++) {
      try {
        run(belief, works, marks, true);
        return;
      } catch (SQLException e) {
        if (e.getErrorCode() != DUPLICATE_KEY) {
          throw e;
        }
        if (belief == Belief.NEW_ROWS_ARE_NEW) {
          foundExistingNanos = System.nanoTime();
          belief = Belief.ANY_ROW_MAY_EXIST;
        } else if (belief == Belief.ANY_ROW_MAY_EXIST && window(works).hasConflictingTables()) {
          belief = beliefAfterConflict(works, conflicts, firstConflictNanos);
        } else {
          throw e;
        }
      }
    }
  }

  private static boolean isRecent(Long nanos, long now) {
    return nanos != null && now - nanos < REPEAT_NANOS;
  }

  /**
   * The change that frees the value may be on its way in another task; after that has been waited
   * for, the source must have gone back: after a crash, or because somebody reset offsets.
   */
  private Belief beliefAfterConflict(List<LaneWork> works, int conflicts, long firstConflictNanos) {
    long now = System.nanoTime();
    boolean repeating = isRecent(repeatedNanos, now);
    if (!repeating && now - firstConflictNanos < limits.conflictTimeout().toNanos()) {
      retrier.pause(what(works), conflicts);
      metrics.waited(SinkMetric.Peer.TASK, System.nanoTime() - now);
      return Belief.ANY_ROW_MAY_EXIST;
    }
    if (!repeating) {
      LOG.warn(
          "Rows of {} hold unique values that changes give to other rows: they are removed until"
              + " their own changes follow, as when changes are applied again. If no change was"
              + " applied before, the destination has a unique key that the source lacks",
          tables(works));
    }
    repeatedNanos = now;
    return Belief.ROWS_MAY_BE_FURTHER_ON;
  }

  private void run(Belief belief, List<LaneWork> works, List<SlotMark> marks, boolean commit)
      throws SQLException {
    Window window = window(works);
    if (window.isEmpty() && marks.isEmpty()) {
      return;
    }
    retrier.run(
        () -> what(works),
        () -> {
          List<String> statements = statements(window, belief);
          // Not before the connection is there: to open it may take long.
          requireWanted(works);
          if (commit) {
            destination.transaction(marks, statements);
            metrics.committed(works, window.rows(), statements);
          } else {
            destination.trial(statements);
          }
          return null;
        });
  }

  /** Nothing of a partition is written once it was withdrawn, however often it was tried before. */
  static void requireWanted(List<? extends LaneWork> works) {
    if (works.stream().anyMatch(work -> work.progress().isWithdrawn())) {
      throw new WorkCancelledException("Partitions were withdrawn");
    }
  }

  private Window window(List<LaneWork> works) {
    Window window = new Window();
    for (LaneWork work : works) {
      if (work instanceof RowWork row && !row.isApplied()) {
        window.add(writer(row.plan()), row);
      }
    }
    return window;
  }

  private TableWriter writer(TablePlan plan) {
    if (writers.size() >= MAX_TABLES) {
      writers.clear();
    }
    return writers.computeIfAbsent(plan, TableWriter::new);
  }

  static List<SlotMark> marks(List<? extends LaneWork> works) {
    record Slot(PartitionProgress progress, int slot) {}
    record Last(LaneWork work, SourcePosition position) {}

    Map<Slot, Last> last = new LinkedHashMap<>();
    for (int i = 0; i < works.size(); i++) {
      LaneWork work = works.get(i);
      if (work.progress().claim().isMarked() && !isFollowedBySame(works, i) && !work.isApplied()) {
        last.merge(
            new Slot(work.progress(), work.slot()),
            new Last(work, work.sourcePosition()),
            (former, now) ->
                now.position().text().isEmpty() ? new Last(now.work(), former.position()) : now);
      }
    }
    return last.values().stream().map(each -> mark(each.work(), each.position())).toList();
  }

  @SuppressWarnings("ReferenceEquality") // a partition has one progress
  private static boolean isFollowedBySame(List<? extends LaneWork> works, int i) {
    return i + 1 < works.size()
        && works.get(i + 1) instanceof RowWork
        && works.get(i + 1).progress() == works.get(i).progress()
        && works.get(i + 1).slot() == works.get(i).slot();
  }

  private static SlotMark mark(LaneWork work, SourcePosition position) {
    PartitionProgress progress = work.progress();
    long former = progress.storedMark(work.slot());
    return new SlotMark(progress, work.slot(), former, work.nextOffset(), position);
  }

  /**
   * The server's limit counts bytes. Drivers report a longer statement as their own failure, which
   * looks like a lost connection.
   */
  private List<String> statements(Window window, Belief belief) throws SQLException {
    long maxPacketBytes = destination.maxStatementBytes();
    buffer =
        buffer.withMaxChars(
            (int) Math.min(limits.statementMaxChars(), maxPacketBytes / MAX_BYTES_OF_CHAR));
    List<String> statements = window.statements(buffer, belief);
    if (statements.stream().anyMatch(sql -> isLonger(sql, maxPacketBytes))) {
      throw new DataException(
          "the row is larger than the destination's max_allowed_packet of "
              + maxPacketBytes
              + " bytes; raise it there");
    }
    return statements;
  }

  private static boolean isLonger(String sql, long maxBytes) {
    // Only what might be too long is worth counting.
    return sql.length() * MAX_BYTES_OF_CHAR >= maxBytes
        && sql.getBytes(StandardCharsets.UTF_8).length >= maxBytes;
  }

  private static TableRefusedException refusal(List<LaneWork> works, SqlFailure failure) {
    RowWork last =
        works.stream()
            .filter(RowWork.class::isInstance)
            .map(RowWork.class::cast)
            .reduce((one, other) -> other)
            .orElseThrow();
    return new TableRefusedException(
        last.progress(),
        last.change().table(),
        "writing to "
            + tables(works)
            + " was refused: "
            + failure.description()
            + "; record: "
            + last.position()
            + "; check the table's definition and the user's privileges");
  }

  private static String what(List<LaneWork> works) {
    String tables = tables(works);
    return tables.isEmpty()
        ? "Moving the marks of idle slots"
        : "Writing " + works.size() + " changes to " + tables;
  }

  private static boolean isMerged(LaneWork work) {
    return work instanceof RowWork row && row.plan().merged();
  }

  /** To pass the row by would let its later changes hit the other row. */
  private static TableRefusedException keyTaken(RowWork row) {
    String reason = new KeyTakenException(row.plan().table()).getMessage();
    return new TableRefusedException(
        row.progress(), row.change().table(), reason + "; record: " + row.position());
  }

  private static String tables(List<LaneWork> works) {
    return String.join(
        ", ",
        works.stream()
            .filter(RowWork.class::isInstance)
            .map(work -> ((RowWork) work).plan().table())
            .distinct()
            .map(TableId::quoted)
            .toList());
  }
}
