package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.CopyBlock;
import io.obconnect.model.CopyBlock.End;
import io.obconnect.model.TableId;
import io.obconnect.sink.CopyLedger.Arrival;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A chunk counts once, whatever was sent. */
@ExtendWith(LocalStackExtension.class)
class CopyLedgerIT {
  private static final String DATABASE = "copy_ledger";
  private static final TableId TABLE = new TableId("shop", "orders");
  private static final long ONE = -5;
  private static final long OTHER = 9;

  private final CopyLedger ledger = new CopyLedger("c", DATABASE);
  private Connection connection;

  @FunctionalInterface
  private interface Scenario {
    void run() throws SQLException;
  }

  private void onBoth(MySqlServer mysql, OceanBaseServer oceanBase, Scenario scenario)
      throws Exception {
    for (SqlEngine each : List.of(mysql, oceanBase)) {
      try (Connection own = each.connect();
          Statement statement = own.createStatement()) {
        connection = own;
        statement.execute("DROP DATABASE IF EXISTS " + DATABASE);
        statement.execute("CREATE DATABASE " + DATABASE);
        ledger.create(own);
        ledger.begin(own, TABLE, 1);
        scenario.run();
      }
    }
  }

  private Arrival arrive(int chunk, long attempt, int sequence, End end) throws SQLException {
    return arrive(1, chunk, attempt, sequence, end);
  }

  private Arrival arrive(long run, int chunk, long attempt, int sequence, End end)
      throws SQLException {
    return ledger.arrive(
        connection,
        new CopyBlock(
            TABLE,
            run,
            chunk,
            attempt,
            sequence,
            end,
            List.of("id"),
            1,
            Optional.empty(),
            new byte[] {'(', ')'}));
  }

  private Arrival arriveKeyless(long attempt, int sequence, End end) throws SQLException {
    return ledger.arrive(
        connection,
        new CopyBlock(
            TABLE,
            1,
            0,
            attempt,
            sequence,
            end,
            List.of("id"),
            1,
            Optional.of(new CopyBlock.Snapshot("binlog.000003", 157, 1_000)),
            new byte[] {'(', ')'}));
  }

  @Test
  void attemptsInterleaveAndTheFirstThatIsCompleteCounts(
      MySqlServer mysql, OceanBaseServer oceanBase) throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          assertEquals(Arrival.FIRST, arrive(0, ONE, 0, End.NONE));
          assertEquals(Arrival.REPEATED, arrive(0, OTHER, 0, End.NONE));
          assertEquals(Arrival.REPEATED, arrive(0, ONE, 1, End.NONE));
          assertEquals(Arrival.REPEATED, arrive(0, OTHER, 1, End.TABLE));
          assertEquals(Arrival.OBSOLETE, arrive(0, ONE, 2, End.TABLE));
          assertTrue(ledger.isComplete(connection, TABLE, 1));
        });
  }

  @Test
  void attemptThatLacksABlockDoesNotFinish(MySqlServer mysql, OceanBaseServer oceanBase)
      throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          assertEquals(Arrival.BROKEN, arrive(0, ONE, 1, End.TABLE));
          assertEquals(Arrival.FIRST, arrive(0, ONE, 0, End.NONE));
          assertEquals(Arrival.BROKEN, arrive(0, ONE, 2, End.TABLE));
          assertFalse(ledger.isComplete(connection, TABLE, 1));
        });
  }

  @Test
  void copyIsCompleteWhenAllChunksUpToTheLastOneAre(MySqlServer mysql, OceanBaseServer oceanBase)
      throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          assertFalse(ledger.isComplete(connection, TABLE, 1));
          arrive(2, ONE, 0, End.TABLE);
          arrive(0, ONE, 0, End.CHUNK);
          assertFalse(ledger.isComplete(connection, TABLE, 1));
          arrive(1, ONE, 0, End.NONE);
          assertFalse(ledger.isComplete(connection, TABLE, 1));
          arrive(1, ONE, 1, End.CHUNK);
          assertTrue(ledger.isComplete(connection, TABLE, 1));
        });
  }

  /** Without exactly-once, whole stretches of a topic are read twice. */
  @Test
  void blocksThatComeAgainArePassedBy(MySqlServer mysql, OceanBaseServer oceanBase)
      throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          assertEquals(Arrival.FIRST, arrive(0, ONE, 0, End.NONE));
          assertEquals(Arrival.FIRST, arrive(0, ONE, 1, End.NONE));
          assertEquals(Arrival.OBSOLETE, arrive(0, ONE, 0, End.NONE));
          assertEquals(Arrival.OBSOLETE, arrive(0, ONE, 1, End.NONE));
          assertEquals(Arrival.FIRST, arrive(0, ONE, 2, End.TABLE));
          assertTrue(ledger.isComplete(connection, TABLE, 1));
        });
  }

  /** What the earlier attempt still sends must not meet the table that the later one emptied. */
  @Test
  void withoutAKeyTheLatestAttemptAloneCounts(MySqlServer mysql, OceanBaseServer oceanBase)
      throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          AppliedRowsLedger rows = new AppliedRowsLedger("c", DATABASE);
          rows.create(connection);
          assertEquals(Arrival.FIRST, arriveKeyless(1, 0, End.NONE));
          assertEquals(Arrival.REPEATED, arriveKeyless(2, 0, End.NONE));
          assertEquals(Arrival.OBSOLETE, arriveKeyless(1, 1, End.TABLE));
          assertEquals(Optional.empty(), rows.read(connection, TABLE));
          assertEquals(Arrival.REPEATED, arriveKeyless(2, 1, End.TABLE));
          assertTrue(ledger.isComplete(connection, TABLE, 1));
          assertEquals(Arrival.OBSOLETE, arriveKeyless(3, 0, End.TABLE));
          assertEquals(
              Optional.of(new LogPosition(0, "binlog.000003", 157, 1_000)),
              rows.read(connection, TABLE));
        });
  }

  @Test
  void laterRunMakesEarlierBlocksObsolete(MySqlServer mysql, OceanBaseServer oceanBase)
      throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          arrive(0, ONE, 0, End.TABLE);
          ledger.begin(connection, TABLE, 2);
          ledger.begin(connection, TABLE, CopyLedger.NO_COPY);
          assertEquals(OptionalLong.of(2), ledger.run(connection, TABLE));
          assertFalse(ledger.isComplete(connection, TABLE, 2));
          assertEquals(Arrival.OBSOLETE, arrive(1, 0, OTHER, 0, End.TABLE));
          assertEquals(Arrival.FIRST, arrive(2, 0, OTHER, 0, End.TABLE));
          assertTrue(ledger.isComplete(connection, TABLE, 2));
          ledger.forget(connection);
          assertEquals(OptionalLong.empty(), ledger.run(connection, TABLE));
        });
  }
}
