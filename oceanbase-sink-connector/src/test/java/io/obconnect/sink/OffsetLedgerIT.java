package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** I5: a mark moves once, from where it stood, by the latest owner, together with its rows. */
@ExtendWith(LocalStackExtension.class)
class OffsetLedgerIT {
  private static final String DATABASE = "offset_ledger";
  private static final TopicPartition PARTITION = new TopicPartition("p.shop.orders", 3);
  private static final OptionalLong NOWHERE = OptionalLong.empty();

  private final OffsetLedger ledger = new OffsetLedger("c", DATABASE);
  private SqlEngine engine;
  private Connection connection;

  @FunctionalInterface
  private interface Scenario {
    void run() throws Exception;
  }

  private void onBoth(MySqlServer mysql, OceanBaseServer oceanBase, Scenario scenario)
      throws Exception {
    for (SqlEngine each : List.of(mysql, oceanBase)) {
      engine = each;
      try (Connection own = each.connect()) {
        connection = own;
        execute("DROP DATABASE IF EXISTS " + DATABASE, "CREATE DATABASE " + DATABASE);
        ledger.create(own);
        own.setAutoCommit(false);
        scenario.run();
      }
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private PartitionProgress claim(int slots, long start) throws SQLException {
    return new PartitionProgress(claimOf(slots, OptionalLong.of(start)).orElseThrow());
  }

  private Optional<PartitionClaim> claimOf(int slots, OptionalLong start) throws SQLException {
    return ledger.claim(connection, PARTITION, slots, start);
  }

  private List<Long> marks() throws SQLException {
    return claimOf(1, NOWHERE).map(PartitionClaim::marks).orElse(List.of());
  }

  private static SlotMark mark(PartitionProgress progress, int slot, long next) {
    return new SlotMark(
        progress, slot, progress.storedMark(slot), next, new SourcePosition("gtid:1", 7));
  }

  private void advance(SlotMark... marks) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ledger.advance(statement, List.of(marks));
    }
  }

  @Test
  void marksMoveWithTheirTransaction(MySqlServer mysql, OceanBaseServer oceanBase)
      throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          PartitionProgress progress = claim(2, 10);
          advance(mark(progress, 0, 15), mark(progress, 1, 16));
          connection.rollback();
          assertEquals(List.of(10L), marks(), "sealed, so divided anew");

          progress = claim(2, 10);
          advance(mark(progress, 0, 15), mark(progress, 1, 16));
          connection.commit();
          assertEquals(List.of(15L, 16L), marks());
        });
  }

  /** The next transaction may be cut in another way than the one whose end is unknown. */
  @Test
  void transactionThatCommittedUnnoticedIsFoundOut(MySqlServer mysql, OceanBaseServer oceanBase)
      throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          PartitionProgress progress = claim(2, 10);
          advance(mark(progress, 0, 15));
          connection.commit();

          assertThrows(
              MarksMovedException.class,
              () -> advance(mark(progress, 0, 20), mark(progress, 1, 20)));
          assertTrue(progress.isApplied(0, 14));
          assertFalse(progress.isApplied(0, 15));
          assertFalse(progress.isApplied(1, 10));

          advance(mark(progress, 0, 20), mark(progress, 1, 20));
          connection.commit();
          assertEquals(List.of(20L), marks());
        });
  }

  @Test
  void formerOwnerIsFenced(MySqlServer mysql, OceanBaseServer oceanBase) throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          PartitionProgress former = claim(2, 10);
          PartitionProgress latest = claim(2, 10);
          assertThrows(FencedException.class, () -> advance(mark(former, 0, 15)));
          assertThrows(FencedException.class, () -> ledger.seal(connection, former.claim(), 15, 4));
          assertThrows(
              FencedException.class, () -> ledger.requireOwner(connection, former.claim()));
          ledger.requireOwner(connection, latest.claim());
          advance(mark(latest, 0, 15));
          connection.commit();
        });
  }

  /** Otherwise its own new row would look like a mark that had moved before. */
  @Test
  void ownerWhoseMarksWereDeletedIsFencedAndLeavesNone(MySqlServer mysql, OceanBaseServer oceanBase)
      throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          PartitionProgress progress = claim(2, 10);
          ledger.delete(connection, PARTITION);
          connection.commit();
          assertThrows(FencedException.class, () -> advance(mark(progress, 0, 15)));
          connection.commit();
          assertEquals(Optional.empty(), claimOf(2, NOWHERE));
        });
  }

  @Test
  void newOwnerWaitsForTheTransactionThatIsBeingCommitted(
      MySqlServer mysql, OceanBaseServer oceanBase) throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          PartitionProgress former = claim(2, 10);
          advance(mark(former, 1, 15));
          CompletableFuture<PartitionClaim> next = new CompletableFuture<>();
          Thread successor = new Thread(() -> claimOnAnotherConnection(next));
          successor.start();
          Awaitility.await()
              .pollDelay(Duration.ofMillis(300))
              .until(() -> successor.isAlive() && !next.isDone());
          connection.commit();
          assertEquals(List.of(10L, 15L), next.get(20, TimeUnit.SECONDS).marks());
        });
  }

  private void claimOnAnotherConnection(CompletableFuture<PartitionClaim> claimed) {
    try (Connection another = engine.connect()) {
      another.setAutoCommit(false);
      claimed.complete(ledger.claim(another, PARTITION, 2, NOWHERE).orElseThrow());
    } catch (SQLException e) {
      claimed.completeExceptionally(new ExecutionException(e));
    }
  }

  @Test
  void partitionIsDividedAnewOnlyWhenItsSlotsAreLevel(MySqlServer mysql, OceanBaseServer oceanBase)
      throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          PartitionProgress progress = claim(2, 10);
          advance(mark(progress, 0, 15));
          connection.commit();
          PartitionClaim uneven = claimOf(3, NOWHERE).orElseThrow();
          assertEquals(List.of(15L, 10L), uneven.marks());

          PartitionClaim sealed = ledger.seal(connection, uneven, 20, 3);
          assertEquals(List.of(20L, 20L, 20L), sealed.marks());
          assertEquals(List.of(20L, 20L, 20L, 20L), claimOf(4, NOWHERE).orElseThrow().marks());
        });
  }

  @Test
  void resetMovesMarksBackAndFencesWhoeverStillWrites(MySqlServer mysql, OceanBaseServer oceanBase)
      throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          PartitionProgress progress = claim(2, 10);
          ledger.reset(connection, PARTITION, 4);
          ledger.reset(connection, PARTITION, 4);
          connection.commit();
          assertThrows(FencedException.class, () -> advance(mark(progress, 1, 15)));
          assertEquals(List.of(4L, 4L), claimOf(2, NOWHERE).orElseThrow().marks());
        });
  }

  /** A user's table is not to blame for it. */
  @Test
  void missingLedgerIsNamed(MySqlServer mysql, OceanBaseServer oceanBase) throws Exception {
    onBoth(
        mysql,
        oceanBase,
        () -> {
          PartitionProgress progress = claim(2, 10);
          execute("DROP TABLE " + DATABASE + ".applied_offsets");
          ConnectException failure =
              assertThrows(ConnectException.class, () -> advance(mark(progress, 0, 15)));
          assertTrue(failure.getMessage().contains("applied_offsets"), failure.getMessage());
        });
  }
}
