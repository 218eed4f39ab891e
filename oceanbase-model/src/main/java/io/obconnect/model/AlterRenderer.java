package io.obconnect.model;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the actions of ALTER TABLE as SQL that MySQL and OceanBase read alike. */
final class AlterRenderer {

  private AlterRenderer() {}

  static String sql(DdlStatement.AlterTable alter) {
    return "ALTER TABLE "
        + alter.id().quoted()
        + alter.actions().stream()
            .map(AlterRenderer::action)
            .collect(Collectors.joining(", ", " ", ""));
  }

  private static String action(AlterAction action) {
    if (action instanceof AlterAction.PartitionAction ofPartition) {
      return partitions(ofPartition);
    }
    return action instanceof AlterAction.ColumnAction ofColumn ? column(ofColumn) : other(action);
  }

  private static String column(AlterAction.ColumnAction action) {
    if (action instanceof AlterAction.AddColumn add) {
      return "ADD COLUMN " + TableRenderer.column(add.column()) + add.position().render();
    }
    if (action instanceof AlterAction.DropColumn drop) {
      return "DROP COLUMN " + SqlText.identifier(drop.name());
    }
    if (action instanceof AlterAction.ChangeColumn change) {
      String verb =
          change.name().equals(change.column().name())
              ? "MODIFY COLUMN "
              : "CHANGE COLUMN " + SqlText.identifier(change.name()) + " ";
      return verb + TableRenderer.column(change.column()) + change.position().render();
    }
    if (action instanceof AlterAction.RenameColumn rename) {
      return "RENAME COLUMN " + fromTo(rename.from(), rename.to());
    }
    if (action instanceof AlterAction.SetDefault value) {
      String sql = value.value().render();
      return alterColumn(value.column())
          + (sql.isEmpty() ? " DROP DEFAULT" : " SET DEFAULT " + sql);
    }
    AlterAction.SetColumnVisible visible = (AlterAction.SetColumnVisible) action;
    return alterColumn(visible.column()) + " SET " + visibility(visible.visible());
  }

  private static String alterColumn(String column) {
    return "ALTER COLUMN " + SqlText.identifier(column);
  }

  private static String fromTo(String from, String to) {
    return SqlText.identifier(from) + " TO " + SqlText.identifier(to);
  }

  private static String visibility(boolean visible) {
    return visible ? "VISIBLE" : "INVISIBLE";
  }

  private static String other(AlterAction action) {
    if (action instanceof AlterAction.AddIndex add) {
      return "ADD " + TableRenderer.index(add.index());
    }
    if (action instanceof AlterAction.DropIndex drop) {
      return "DROP INDEX " + SqlText.identifier(drop.name());
    }
    if (action instanceof AlterAction.DropPrimaryKey) {
      return "DROP PRIMARY KEY";
    }
    if (action instanceof AlterAction.RenameIndex rename) {
      return "RENAME INDEX " + fromTo(rename.from(), rename.to());
    }
    if (action instanceof AlterAction.SetIndexVisible visible) {
      return "ALTER INDEX "
          + SqlText.identifier(visible.index())
          + " "
          + visibility(visible.visible());
    }
    if (action instanceof AlterAction.AddForeignKey add) {
      return "ADD " + add.key().render();
    }
    if (action instanceof AlterAction.DropForeignKey drop) {
      return "DROP FOREIGN KEY " + SqlText.identifier(drop.name());
    }
    if (action instanceof AlterAction.AddCheck add) {
      return "ADD " + add.check().render();
    }
    if (action instanceof AlterAction.DropCheck drop) {
      return "DROP CHECK " + SqlText.identifier(drop.name());
    }
    if (action instanceof AlterAction.SetCheckEnforced check) {
      return "ALTER CHECK "
          + SqlText.identifier(check.name())
          + (check.enforced() ? " ENFORCED" : CheckConstraint.NOT_ENFORCED);
    }
    if (action instanceof AlterAction.DropConstraint drop) {
      return "DROP CONSTRAINT " + SqlText.identifier(drop.name());
    }
    if (action instanceof AlterAction.RenameTo rename) {
      return "RENAME TO " + rename.to().quoted();
    }
    if (action instanceof AlterAction.ConvertCharset convert) {
      return "CONVERT TO CHARACTER SET "
          + convert.charset().orElse("DEFAULT")
          + convert.collation().map(name -> " COLLATE " + name).orElse("");
    }
    return action instanceof AlterAction.SetOptions options
        ? options(options)
        : ((AlterAction.Maintenance) action).sql();
  }

  private static String options(AlterAction.SetOptions options) {
    String sql = TableRenderer.options(options.options());
    boolean emptied = options.comment().filter(String::isEmpty).isPresent();
    return (sql + (emptied ? " COMMENT=''" : "")).trim();
  }

  private static String partitions(AlterAction.PartitionAction action) {
    if (action instanceof AlterAction.AddPartitions add) {
      return "ADD PARTITION "
          + (add.isNumber() ? add.definitions() : "(" + add.definitions() + ")");
    }
    if (action instanceof AlterAction.DropPartitions drop) {
      return "DROP PARTITION " + names(drop.names());
    }
    if (action instanceof AlterAction.TruncatePartitions truncate) {
      return "TRUNCATE PARTITION " + (truncate.names().isEmpty() ? "ALL" : names(truncate.names()));
    }
    if (action instanceof AlterAction.ExchangePartition exchange) {
      // The source has looked at the rows.
      return "EXCHANGE PARTITION "
          + SqlText.identifier(exchange.partition())
          + " WITH TABLE "
          + exchange.table().quoted()
          + " WITHOUT VALIDATION";
    }
    return action instanceof AlterAction.PartitionBy by
        ? by.partitioning()
        : ((AlterAction.ReorganizePartitions) action).sql();
  }

  private static String names(List<String> names) {
    return names.stream().map(SqlText::identifier).collect(Collectors.joining(", "));
  }
}
