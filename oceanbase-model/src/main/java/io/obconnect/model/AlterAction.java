package io.obconnect.model;

import java.util.List;
import java.util.Optional;

/** One change of ALTER TABLE. CREATE INDEX and DROP INDEX are such changes, too, as in MySQL. */
public sealed interface AlterAction {

  /** Returns the kind that a policy is chosen for. */
  DdlKind kind();

  /** An action on columns. */
  sealed interface ColumnAction extends AlterAction {}

  /** An action on partitions. */
  sealed interface PartitionAction extends AlterAction {}

  /** ADD COLUMN. Keys and constraints that it declares besides are actions of their own. */
  record AddColumn(ColumnDefinition column, ColumnPosition position) implements ColumnAction {
    @Override
    public DdlKind kind() {
      return DdlKind.ADD_COLUMN;
    }
  }

  /** DROP COLUMN. */
  record DropColumn(String name) implements ColumnAction {
    @Override
    public DdlKind kind() {
      return DdlKind.DROP_COLUMN;
    }
  }

  /** CHANGE COLUMN; MODIFY COLUMN if the name stays. */
  record ChangeColumn(String name, ColumnDefinition column, ColumnPosition position)
      implements ColumnAction {
    @Override
    public DdlKind kind() {
      return isRename() ? DdlKind.RENAME_COLUMN : DdlKind.MODIFY_COLUMN;
    }

    boolean isRename() {
      return !name.equalsIgnoreCase(column.name());
    }
  }

  /** RENAME COLUMN. */
  record RenameColumn(String from, String to) implements ColumnAction {
    @Override
    public DdlKind kind() {
      return DdlKind.RENAME_COLUMN;
    }
  }

  /**
   * ALTER COLUMN ... SET DEFAULT, or DROP DEFAULT.
   *
   * @param value {@link ColumnDefault.None} drops it
   */
  record SetDefault(String column, ColumnDefault value) implements ColumnAction {
    @Override
    public DdlKind kind() {
      return DdlKind.COLUMN_DEFAULT;
    }
  }

  /** ALTER COLUMN ... SET VISIBLE, or INVISIBLE. */
  record SetColumnVisible(String column, boolean visible) implements ColumnAction {
    @Override
    public DdlKind kind() {
      return DdlKind.COLUMN_VISIBILITY;
    }
  }

  /** ADD INDEX, UNIQUE, FULLTEXT, SPATIAL or PRIMARY KEY. The name is empty if none is given. */
  record AddIndex(IndexDefinition index) implements AlterAction {
    @Override
    public DdlKind kind() {
      return switch (index.kind()) {
        case PRIMARY -> DdlKind.ADD_PRIMARY_KEY;
        case UNIQUE -> DdlKind.ADD_UNIQUE_INDEX;
        case KEY -> DdlKind.ADD_INDEX;
        case FULLTEXT -> DdlKind.ADD_FULLTEXT_INDEX;
        case SPATIAL -> DdlKind.ADD_SPATIAL_INDEX;
      };
    }
  }

  /** DROP INDEX. */
  record DropIndex(String name) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.DROP_INDEX;
    }
  }

  /** DROP PRIMARY KEY. */
  record DropPrimaryKey() implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.DROP_PRIMARY_KEY;
    }
  }

  /** RENAME INDEX. */
  record RenameIndex(String from, String to) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.RENAME_INDEX;
    }
  }

  /** ALTER INDEX ... VISIBLE, or INVISIBLE. */
  record SetIndexVisible(String index, boolean visible) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.INDEX_VISIBILITY;
    }
  }

  /** ADD FOREIGN KEY. */
  record AddForeignKey(ForeignKey key) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.ADD_FOREIGN_KEY;
    }
  }

  /** DROP FOREIGN KEY. */
  record DropForeignKey(String name) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.DROP_FOREIGN_KEY;
    }
  }

  /** ADD CHECK. */
  record AddCheck(CheckConstraint check) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.ADD_CHECK;
    }
  }

  /** DROP CHECK. */
  record DropCheck(String name) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.DROP_CHECK;
    }
  }

  /** ALTER CHECK ... [NOT] ENFORCED. */
  record SetCheckEnforced(String name, boolean enforced) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.CHECK_ENFORCEMENT;
    }
  }

  /** DROP CONSTRAINT: a foreign key, a check or a unique key; only the table's definition tells. */
  record DropConstraint(String name) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.DROP_CONSTRAINT;
    }
  }

  /** RENAME [TO]. */
  record RenameTo(TableId to) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.RENAME_TABLE;
    }
  }

  /** Table options. What is not named stays: a comment is present even if it is empty. */
  record SetOptions(Optional<String> comment, TableOptions options) implements AlterAction {
    @Override
    public DdlKind kind() {
      boolean text = options.charset().isPresent() || options.collation().isPresent();
      if (text) {
        return DdlKind.DEFAULT_CHARSET;
      }
      return comment.isPresent() ? DdlKind.TABLE_COMMENT : DdlKind.TABLE_OPTION;
    }
  }

  /**
   * CONVERT TO CHARACTER SET: changes all text columns.
   *
   * @param charset empty stands for the database's
   */
  record ConvertCharset(Optional<String> charset, Optional<String> collation)
      implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.CONVERT_CHARSET;
    }
  }

  /**
   * ADD PARTITION.
   *
   * @param definitions the definitions, without parentheses; or, for hashed partitions, {@code
   *     PARTITIONS} and their number
   */
  record AddPartitions(String definitions) implements PartitionAction {
    @Override
    public DdlKind kind() {
      return DdlKind.ADD_PARTITION;
    }

    boolean isNumber() {
      return definitions.regionMatches(true, 0, "PARTITIONS ", 0, "PARTITIONS ".length());
    }
  }

  /** DROP PARTITION: deletes the rows, without a change record for them. */
  record DropPartitions(List<String> names) implements PartitionAction {

    public DropPartitions {
      names = List.copyOf(names);
    }

    @Override
    public DdlKind kind() {
      return DdlKind.DROP_PARTITION;
    }
  }

  /**
   * TRUNCATE PARTITION: deletes the rows, without a change record for them.
   *
   * @param names empty for all partitions
   */
  record TruncatePartitions(List<String> names) implements PartitionAction {

    public TruncatePartitions {
      names = List.copyOf(names);
    }

    @Override
    public DdlKind kind() {
      return DdlKind.TRUNCATE_PARTITION;
    }
  }

  /** EXCHANGE PARTITION: swaps the rows with a table's, without a change record for them. */
  record ExchangePartition(String partition, TableId table) implements PartitionAction {
    @Override
    public DdlKind kind() {
      return DdlKind.EXCHANGE_PARTITION;
    }
  }

  /**
   * PARTITION BY.
   *
   * @param partitioning from {@code PARTITION BY} on
   */
  record PartitionBy(String partitioning) implements PartitionAction {
    @Override
    public DdlKind kind() {
      return DdlKind.PARTITION_BY;
    }
  }

  /**
   * REORGANIZE and COALESCE PARTITION, and REMOVE PARTITIONING: rows move, none is changed.
   *
   * @param sql the action as written
   */
  record ReorganizePartitions(String sql) implements PartitionAction {
    @Override
    public DdlKind kind() {
      return DdlKind.REORGANIZE_PARTITION;
    }
  }

  /**
   * Changes neither rows nor the definition: ORDER BY, FORCE, ENABLE KEYS, ANALYZE PARTITION, ...
   *
   * @param sql the action as written
   */
  record Maintenance(String sql) implements AlterAction {
    @Override
    public DdlKind kind() {
      return DdlKind.MAINTENANCE;
    }
  }
}
