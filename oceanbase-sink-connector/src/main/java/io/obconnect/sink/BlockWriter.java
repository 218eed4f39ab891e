package io.obconnect.sink;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.SqlFailure;
import io.obconnect.model.SqlText;
import io.obconnect.model.TableId;
import io.obconnect.sink.CopyLedger.Arrival;
import io.obconnect.sink.LaneWork.BlockWork;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies blocks of a full copy, each in a transaction of its own. One thread only. */
final class BlockWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BlockWriter.class);

  private final DestinationSession session;
  private final CopyLedger ledger;
  private final Retrier retrier;
  private final SinkMetrics metrics;

  BlockWriter(DestinationSession session, CopyLedger ledger, Retrier retrier, SinkMetrics metrics) {
    this.session = Objects.requireNonNull(session, "session");
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.retrier = Objects.requireNonNull(retrier, "retrier");
    this.metrics = Objects.requireNonNull(metrics, "metrics");
  }

  /**
   * Applies a block, if its chunk still needs it.
   *
   * @throws TableRefusedException when the destination refuses its rows: they are SQL text, of
   *     which no single one can be put aside
   */
  void write(BlockWork work) {
    if (work.isApplied()) {
      return;
    }
    try {
      try {
        write(work, "INSERT");
      } catch (SQLException e) {
        if (e.getErrorCode() != WindowWriter.DUPLICATE_KEY || work.block().snapshot().isPresent()) {
          throw e;
        }
        // A row has moved from chunk to chunk, or the table had rows before: its changes, which
        // follow, make it right.
        write(work, "REPLACE");
      }
    } catch (SQLException e) {
      throw refused(work, SqlFailure.of(e).description());
    }
  }

  private void write(BlockWork work, String verb) throws SQLException {
    CopyBlock block = work.block();
    Arrival arrival =
        retrier.run(
            () -> what(block),
            () -> {
              requireRoom(work);
              WindowWriter.requireWanted(List.of(work));
              return session.transaction(
                  WindowWriter.marks(List.of(work)), statement -> write(statement, work, verb));
            });
    if (arrival == Arrival.BROKEN) {
      LOG.warn(
          "{} is passed by: its attempt lacks a block before it; the source copies the chunk again",
          what(block));
    } else if (arrival != Arrival.OBSOLETE) {
      metrics.copied(work);
    }
  }

  private Arrival write(Statement statement, BlockWork work, String verb) throws SQLException {
    CopyBlock block = work.block();
    Arrival arrival = ledger.arrive(statement.getConnection(), block);
    boolean wanted = arrival == Arrival.FIRST || arrival == Arrival.REPEATED;
    boolean keyless = block.snapshot().isPresent();
    if (keyless && arrival == Arrival.REPEATED && block.sequence() == 0) {
      // Nothing tells what another attempt has left from what comes now.
      statement.execute("DELETE FROM " + work.destination().quoted());
    }
    if (wanted && block.rowCount() > 0) {
      String columns =
          block.columns().stream().map(SqlText::identifier).collect(Collectors.joining(","));
      statement.execute(
          (arrival == Arrival.REPEATED && !keyless ? "REPLACE" : verb)
              + " INTO "
              + work.destination().quoted()
              + " ("
              + columns
              + ") VALUES "
              + new String(block.rows(), StandardCharsets.UTF_8));
    }
    return arrival;
  }

  private void requireRoom(BlockWork work) throws SQLException {
    long limit = session.maxStatementBytes();
    if (work.block().rows().length >= limit) {
      throw refused(
          work,
          "it is larger than the destination's max_allowed_packet of "
              + limit
              + " bytes; raise it there, or lower copy.block.bytes at the source and copy again");
    }
  }

  private static TableRefusedException refused(BlockWork work, String reason) {
    TableId table = work.block().table();
    return new TableRefusedException(
        work.progress(),
        table,
        what(work.block())
            + " to "
            + work.destination().quoted()
            + " was refused: "
            + reason
            + "; record: "
            + work.position());
  }

  private static String what(CopyBlock block) {
    return "Writing block "
        + block.sequence()
        + " of chunk "
        + block.chunk()
        + " of "
        + block.table().quoted();
  }
}
