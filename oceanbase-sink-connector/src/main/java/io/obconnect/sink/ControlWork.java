package io.obconnect.sink;

import io.obconnect.model.Marker;
import io.obconnect.model.TableId;
import io.obconnect.sink.MarkerLedger.Meeting;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** What the task wants from the destination besides changes of rows. */
sealed interface ControlWork {

  /** The partition whose record asks for the work; empty for the task's own requests. */
  default Optional<PartitionProgress> progress() {
    return Optional.empty();
  }

  /** The record's offset. */
  default long offset() {
    return -1;
  }

  /** Whether nobody wants the work done any more. */
  default boolean isWithdrawn() {
    return progress().map(PartitionProgress::isWithdrawn).orElse(false);
  }

  /**
   * Find out whether a table is ready in the destination.
   *
   * @param askedNanos when that was asked, by {@link System#nanoTime()}
   */
  record LookUpTable(TableId table, long askedNanos) implements ControlWork {
    public LookUpTable {
      Objects.requireNonNull(table, "table");
    }
  }

  /**
   * Find out which tables the connector has in use, before their rows come.
   *
   * @param done takes the source tables, on the task's thread
   */
  record RecallTables(Consumer<List<TableId>> done) implements ControlWork {
    public RecallTables {
      Objects.requireNonNull(done, "done");
    }
  }

  /**
   * Find out how a table would be written now, for people; rows look it up again.
   *
   * @param done takes the plan if the table is ready, on the task's thread
   */
  record DescribeTable(TableId table, Consumer<TablePlan> done) implements ControlWork {
    public DescribeTable {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(done, "done");
    }
  }

  /** Create a table, or add the columns that it lacks, as records describe it. */
  record DefineTable(DataDefinition definition) implements ControlWork {
    public DefineTable {
      Objects.requireNonNull(definition, "definition");
    }
  }

  /**
   * Find out whether a schema change has to wait for the rows before it.
   *
   * @param done takes the answer, on the task's thread
   */
  record ExamineSchemaChange(
      PartitionProgress examined, SchemaChange change, Consumer<Boolean> done)
      implements ControlWork {
    public ExamineSchemaChange {
      Objects.requireNonNull(examined, "examined");
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(done, "done");
    }

    @Override
    public boolean isWithdrawn() {
      return examined.isWithdrawn();
    }
  }

  /**
   * Carry a schema change over.
   *
   * @param rows up to where the rows of its tables are applied
   * @param done run on the task's thread
   */
  record ApplySchemaChange(
      PartitionProgress changed,
      long offset,
      SchemaChange change,
      Map<TableId, LogPosition> rows,
      Runnable done)
      implements ControlWork {
    public ApplySchemaChange {
      Objects.requireNonNull(changed, "changed");
      Objects.requireNonNull(change, "change");
      rows = Map.copyOf(rows);
      Objects.requireNonNull(done, "done");
    }

    @Override
    public Optional<PartitionProgress> progress() {
      return Optional.of(changed);
    }
  }

  /**
   * Create what tables get when their copy is over.
   *
   * @param ended whose record has shown that, empty where it shows in another way
   * @param table of the source, empty for all
   */
  record CreateIndexes(Optional<PartitionProgress> ended, long offset, Optional<TableId> table)
      implements ControlWork {
    public CreateIndexes {
      Objects.requireNonNull(ended, "ended");
      Objects.requireNonNull(table, "table");
    }

    @Override
    public Optional<PartitionProgress> progress() {
      return ended;
    }
  }

  /**
   * Empty a table, then let its partition go on from a sealed state.
   *
   * @param slots into how many slots the partition is divided then
   * @param done takes the claim that holds then, on the task's thread
   */
  record ApplyTruncate(
      PartitionProgress truncated,
      long offset,
      TableId table,
      TablePlan plan,
      int slots,
      Consumer<PartitionClaim> done)
      implements ControlWork {
    public ApplyTruncate {
      Objects.requireNonNull(truncated, "truncated");
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(plan, "plan");
      Objects.requireNonNull(done, "done");
    }

    @Override
    public Optional<PartitionProgress> progress() {
      return Optional.of(truncated);
    }
  }

  /**
   * Note that a partition has come to a marker, and do what it stands for when it is the last.
   *
   * @param table the source's
   * @param done takes what is known then, on the task's thread
   */
  record MeetAtMarker(
      PartitionProgress waiting,
      Marker marker,
      TableId table,
      TablePlan plan,
      Consumer<Meeting> done)
      implements ControlWork {
    public MeetAtMarker {
      Objects.requireNonNull(waiting, "waiting");
      Objects.requireNonNull(marker, "marker");
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(plan, "plan");
      Objects.requireNonNull(done, "done");
    }

    @Override
    public boolean isWithdrawn() {
      return waiting.isWithdrawn();
    }

    /**
     * The same for all partitions, and when the source repeats itself; with the time, because a log
     * that begins anew has the same positions again.
     */
    String id() {
      return Ledger.changeId(
          String.join(
              "\n",
              "truncate",
              marker.position(),
              String.valueOf(marker.timestampMs()),
              table.quoted()));
    }

    /** Where the marker stands, to be compared with rows. */
    LogPosition at() {
      return LogPosition.of(new SourceChange.SourceMarker(marker).source());
    }
  }

  /**
   * Divide a partition anew.
   *
   * @param next everything before this offset is applied
   * @param done takes the claim that holds then, on the task's thread
   */
  record SealPartition(
      PartitionProgress sealed, long next, int slots, Consumer<PartitionClaim> done)
      implements ControlWork {
    public SealPartition {
      Objects.requireNonNull(sealed, "sealed");
      Objects.requireNonNull(done, "done");
    }

    @Override
    public boolean isWithdrawn() {
      return sealed.isWithdrawn();
    }
  }

  /**
   * Take partitions over.
   *
   * @param wanted whether a partition is still this task's; to claim another's would stop its owner
   * @param startOffset where a partition without marks begins; empty to leave it without
   * @param done takes a claim for each partition that has marks, on the task's thread
   */
  record ClaimPartitions(
      List<TopicPartition> partitions,
      Predicate<TopicPartition> wanted,
      int slots,
      OptionalLong startOffset,
      Consumer<List<PartitionClaim>> done)
      implements ControlWork {
    public ClaimPartitions {
      partitions = List.copyOf(partitions);
      Objects.requireNonNull(wanted, "wanted");
      Objects.requireNonNull(done, "done");
    }
  }

  /**
   * Find out where the watermarks of partitions stand, and begin those of new ones.
   *
   * @param done takes the answer, on the task's thread
   */
  record JoinWatermarks(List<TopicPartition> partitions, Consumer<WatermarkLedger.Reading> done)
      implements ControlWork {
    public JoinWatermarks {
      partitions = List.copyOf(partitions);
      Objects.requireNonNull(done, "done");
    }
  }

  /**
   * Move watermarks forward.
   *
   * @param done takes the highest one of the connector, on the task's thread
   */
  record MoveWatermarks(
      Map<TopicPartition, SourcePosition> positions, Consumer<SourcePosition> done)
      implements ControlWork {
    public MoveWatermarks {
      positions = Map.copyOf(positions);
      Objects.requireNonNull(done, "done");
    }
  }

  /**
   * Look at the destination.
   *
   * @param done takes what was found, on the task's thread
   */
  record ExamineDestination(Consumer<DestinationFacts> done) implements ControlWork {
    public ExamineDestination {
      Objects.requireNonNull(done, "done");
    }
  }

  /**
   * Forget the marks of partitions that are no longer kept, so that nobody goes by them later.
   *
   * @param wanted whether a partition is still this task's; another one may keep marks again
   */
  record ForgetMarks(List<TopicPartition> partitions, Predicate<TopicPartition> wanted)
      implements ControlWork {
    public ForgetMarks {
      partitions = List.copyOf(partitions);
      Objects.requireNonNull(wanted, "wanted");
    }
  }
}
