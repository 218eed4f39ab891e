package io.obconnect.sink;

import io.obconnect.model.SqlFailure;
import io.obconnect.model.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * The marks of {@link PartitionClaim}s in the destination: one row for a slot, moved in the
 * transaction of the slot's rows, so that rows and mark are there together or not at all (I5). A
 * slot's row is touched by one lane only; lanes never wait for each other here. A mark moves only
 * from where its lane believes it to stand, so a transaction that committed unnoticed is found out
 * however the changes after it are cut into transactions.
 *
 * <p>A claim raises the epoch of all rows of its partition. A former owner that still writes, or
 * whose transaction is still open, either commits before the claim has read the marks, or fails.
 */
final class OffsetLedger {
  private static final int MAX_NAMED = 10;
  private static final String WHERE_PARTITION =
      " WHERE connector = ? AND topic = ? AND kafka_partition = ?";

  private record StoredSlot(int slot, long nextOffset, long epoch) {}

  private final String connector;
  private final String table;

  /**
   * The ledger of one connector.
   *
   * @param connector the connector's name; connectors share the table
   * @param database exists when anything is read or written
   */
  OffsetLedger(String connector, String database) {
    this.connector = Objects.requireNonNull(connector, "connector");
    this.table = SqlText.identifier(database) + ".`applied_offsets`";
  }

  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + """
               (
                `connector` VARCHAR(190) NOT NULL,
                `topic` VARCHAR(249) NOT NULL,
                `kafka_partition` INT NOT NULL,
                `slot` INT NOT NULL,
                `former_offset` BIGINT NOT NULL DEFAULT 0,
                `next_offset` BIGINT NOT NULL,
                `epoch` BIGINT NOT NULL,
                `source_position` VARCHAR(500) NOT NULL DEFAULT '',
                `source_ts_ms` BIGINT NOT NULL DEFAULT 0,
                `updated_at` TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
                  ON UPDATE CURRENT_TIMESTAMP(3),
                PRIMARY KEY (`connector`, `topic`, `kafka_partition`, `slot`)
              ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin""");
    }
  }

  /**
   * Takes a partition over. Waits for a transaction of its former owner that is being committed.
   *
   * @param slots into how many slots the partition is divided when that is free to be chosen
   * @param startOffset where the partition begins when it has no marks yet
   * @return empty when it has no marks and no start was given
   */
  Optional<PartitionClaim> claim(
      Connection connection, TopicPartition partition, int slots, OptionalLong startOffset)
      throws SQLException {
    List<StoredSlot> stored = lock(connection, partition);
    if (stored.isEmpty() && startOffset.isEmpty()) {
      connection.rollback();
      return Optional.empty();
    }
    long epoch = nextEpoch(stored);
    List<Long> marks = stored.stream().map(StoredSlot::nextOffset).toList();
    PartitionClaim claim =
        marks.isEmpty()
            ? sealed(partition, epoch, startOffset.getAsLong(), slots)
            : new PartitionClaim(partition, epoch, marks);
    if (claim.isSealed() && claim.slots() != slots) {
      claim = sealed(partition, epoch, claim.resumeOffset(), slots);
    }
    if (claim.slots() == stored.size()) {
      raiseEpoch(connection, claim);
    } else {
      replace(connection, claim);
    }
    connection.commit();
    return Optional.of(claim);
  }

  /** The clock makes epochs grow even when the rows were deleted in between. */
  private static long nextEpoch(List<StoredSlot> stored) {
    long latest = stored.stream().mapToLong(StoredSlot::epoch).max().orElse(0);
    return Math.max(latest + 1, System.currentTimeMillis());
  }

  private static PartitionClaim sealed(
      TopicPartition partition, long epoch, long offset, int slots) {
    return new PartitionClaim(partition, epoch, Collections.nCopies(slots, offset));
  }

  /**
   * Moves all slots of a partition to one offset and divides it anew.
   *
   * @return the claim that holds from now on
   * @throws FencedException when another task has taken the partition over
   */
  PartitionClaim seal(Connection connection, PartitionClaim claim, long offset, int slots)
      throws SQLException {
    requireOwner(connection, claim);
    PartitionClaim sealed = sealed(claim.partition(), claim.epoch(), offset, slots);
    replace(connection, sealed);
    connection.commit();
    return sealed;
  }

  /**
   * Makes sure that a claim still holds, and that nobody else makes one before the transaction
   * ends.
   *
   * @throws FencedException when another task has taken the partition over
   */
  void requireOwner(Connection connection, PartitionClaim claim) throws SQLException {
    List<StoredSlot> stored = lock(connection, claim.partition());
    if (stored.stream().anyMatch(slot -> slot.epoch() != claim.epoch()) || stored.isEmpty()) {
      connection.rollback();
      throw new FencedException(claim);
    }
  }

  /** How many partitions of a topic the connector has come to, whichever task has them. */
  int partitions(Connection connection, String topic) throws SQLException {
    String sql =
        "SELECT COUNT(DISTINCT kafka_partition) FROM "
            + table
            + " WHERE connector = ? AND topic = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      select.setString(2, topic);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** The partitions that have marks, not all of very many. The caller ends the transaction. */
  List<TopicPartition> marked(Connection connection) throws SQLException {
    String sql =
        "SELECT DISTINCT topic, kafka_partition FROM "
            + table
            + " WHERE connector = ? ORDER BY topic, kafka_partition LIMIT "
            + MAX_NAMED;
    List<TopicPartition> partitions = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          partitions.add(new TopicPartition(row.getString(1), row.getInt(2)));
        }
      }
    }
    return partitions;
  }

  private List<StoredSlot> lock(Connection connection, TopicPartition partition)
      throws SQLException {
    String sql =
        "SELECT slot, next_offset, epoch FROM "
            + table
            + WHERE_PARTITION
            + " ORDER BY slot FOR UPDATE";
    List<StoredSlot> stored = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      setPartition(select, partition);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          stored.add(new StoredSlot(row.getInt(1), row.getLong(2), row.getLong(3)));
        }
      }
    }
    return stored;
  }

  private void raiseEpoch(Connection connection, PartitionClaim claim) throws SQLException {
    String sql = "UPDATE " + table + " SET epoch = " + claim.epoch() + WHERE_PARTITION;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      setPartition(update, claim.partition());
      update.executeUpdate();
    }
  }

  private void replace(Connection connection, PartitionClaim claim) throws SQLException {
    delete(connection, claim.partition());
    String sql =
        "INSERT INTO "
            + table
            + " (connector, topic, kafka_partition, slot, next_offset, epoch) VALUES (?,?,?,?,?,?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int slot = 0; slot < claim.slots(); slot++) {
        setPartition(insert, claim.partition());
        insert.setInt(4, slot);
        insert.setLong(5, claim.marks().get(slot));
        insert.setLong(6, claim.epoch());
        insert.executeUpdate();
      }
    }
  }

  /** The source transaction that was applied last, where transactions are kept together. */
  Optional<TransactionPoint> lastTransaction(Connection connection) throws SQLException {
    String sql =
        "SELECT source_position, source_ts_ms FROM "
            + table
            + " WHERE connector = ? AND source_position LIKE '"
            + TransactionPoint.PREFIX
            + "%' ORDER BY source_ts_ms DESC LIMIT 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, connector);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? TransactionPoint.parse(new SourcePosition(row.getString(1), row.getLong(2)))
            : Optional.empty();
      }
    }
  }

  /** Forgets a partition's marks; the caller commits. */
  void delete(Connection connection, TopicPartition partition) throws SQLException {
    String sql = "DELETE FROM " + table + WHERE_PARTITION;
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      setPartition(delete, partition);
      delete.executeUpdate();
    }
  }

  /** Makes reading go on from an offset; the caller commits. */
  void reset(Connection connection, TopicPartition partition, long offset) throws SQLException {
    long epoch = nextEpoch(lock(connection, partition));
    replace(connection, sealed(partition, epoch, offset, 1));
  }

  private void setPartition(PreparedStatement statement, TopicPartition partition)
      throws SQLException {
    statement.setString(1, connector);
    statement.setString(2, partition.topic());
    statement.setInt(3, partition.partition());
  }

  /**
   * Moves marks within the caller's transaction. When that is not possible, the transaction is
   * rolled back.
   *
   * @throws FencedException when another task has taken one of the partitions over
   * @throws MarksMovedException when marks stand further on already; their progress has been told
   */
  void advance(Statement statement, List<SlotMark> marks) throws SQLException {
    try {
      // Both engines count a changed row of ON DUPLICATE KEY UPDATE as two.
      if (statement.executeUpdate(advanceSql(marks)) == 2 * marks.size()) {
        return;
      }
      // A row that was missing has been inserted just now: it must not be taken for the mark.
      statement.getConnection().rollback();
      findOut(statement, marks);
    } catch (SQLException e) {
      SqlFailure failure = SqlFailure.of(e);
      if (failure.kind().retriable()) {
        throw e;
      }
      throw new ConnectException(
          "the marks of applied offsets in "
              + table
              + " cannot be moved: "
              + failure.description()
              + "; check the table and the user's privileges, then restart the task");
    }
  }

  private String advanceSql(List<SlotMark> marks) {
    StringBuilder sql = new StringBuilder("INSERT INTO ").append(table);
    sql.append(
        " (connector, topic, kafka_partition, slot, former_offset, next_offset, epoch,"
            + " source_position, source_ts_ms) VALUES ");
    for (int i = 0; i < marks.size(); i++) {
      SlotMark mark = marks.get(i);
      sql.append(i == 0 ? "(" : ",(");
      appendSlot(sql, mark);
      sql.append(',').append(mark.formerOffset()).append(',').append(mark.nextOffset());
      sql.append(',').append(mark.claim().epoch()).append(',');
      Literals.appendText(sql, mark.position().text());
      sql.append(',').append(mark.position().timestampMs()).append(')');
    }
    // Assigned from left to right, so next_offset, which the others look at, comes last.
    String isNext = "IF(epoch = VALUES(epoch) AND next_offset = VALUES(former_offset)";
    String moves = isNext + ", ";
    String says = isNext + " AND ";
    return sql.append(" ON DUPLICATE KEY UPDATE source_position = ")
        .append(says)
        .append("VALUES(source_position) <> '', VALUES(source_position), source_position)")
        .append(", source_ts_ms = ")
        .append(says)
        .append("VALUES(source_ts_ms) <> 0, VALUES(source_ts_ms), source_ts_ms)")
        .append(", former_offset = ")
        .append(moves)
        .append("VALUES(former_offset), former_offset)")
        .append(", next_offset = ")
        .append(moves)
        .append("VALUES(next_offset), next_offset)")
        .toString();
  }

  private void appendSlot(StringBuilder sql, SlotMark mark) {
    TopicPartition partition = mark.claim().partition();
    Literals.appendText(sql, connector);
    sql.append(',');
    Literals.appendText(sql, partition.topic());
    sql.append(',').append(partition.partition()).append(',').append(mark.slot());
  }

  /** Compares the marks as they are committed with what their task knows, and tells it. */
  private void findOut(Statement statement, List<SlotMark> marks) throws SQLException {
    boolean moved = false;
    for (SlotMark mark : marks) {
      long offset = committedMark(statement, mark);
      if (offset < mark.formerOffset()) {
        throw new ConnectException(
            "a mark of "
                + mark.claim().partition()
                + " in "
                + table
                + " went back: something else writes to that table");
      }
      moved |= offset > mark.formerOffset();
      mark.foundAt(offset);
    }
    if (!moved) {
      throw new ConnectException(
          "marks in " + table + " did not move, for no reason that can be seen");
    }
    throw new MarksMovedException();
  }

  private long committedMark(Statement statement, SlotMark mark) throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT next_offset, epoch FROM ").append(table);
    sql.append(" WHERE (connector, topic, kafka_partition, slot) = (");
    appendSlot(sql, mark);
    sql.append(')');
    try (ResultSet row = statement.executeQuery(sql.toString())) {
      if (!row.next() || row.getLong(2) != mark.claim().epoch()) {
        throw new FencedException(mark.claim());
      }
      return row.getLong(1);
    }
  }
}
