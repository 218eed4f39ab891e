package io.obconnect.model;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the actions of ALTER TABLE that concern partitions. */
final class PartitionReader {

  private static final Set<String> MAINTENANCE =
      Set.of("ANALYZE", "CHECK", "OPTIMIZE", "REBUILD", "REPAIR");

  private final TokenCursor cursor;
  private final String database;

  PartitionReader(TokenCursor cursor, String database) {
    this.cursor = cursor;
    this.database = database;
  }

  /** Reads one action; false, with nothing read, if the next one concerns something else. */
  boolean read(Consumer<AlterAction> actions) {
    if (cursor.isWords("PARTITION", "BY")) {
      String partitioning = text();
      Partitioning.check(partitioning);
      actions.accept(new AlterAction.PartitionBy(partitioning));
    } else if (cursor.acceptWords("ADD", "PARTITION")) {
      skipLogging();
      actions.accept(new AlterAction.AddPartitions(definitions()));
    } else if (cursor.acceptWords("DROP", "PARTITION")) {
      actions.accept(new AlterAction.DropPartitions(cursor.nameList()));
    } else if (cursor.acceptWords("TRUNCATE", "PARTITION")) {
      actions.accept(new AlterAction.TruncatePartitions(namesOrAll()));
    } else if (cursor.acceptWords("EXCHANGE", "PARTITION")) {
      String partition = cursor.name();
      cursor.expectWords("WITH", "TABLE");
      actions.accept(new AlterAction.ExchangePartition(partition, cursor.tableId(database)));
    } else if (cursor.isWords("REORGANIZE", "PARTITION")
        || cursor.isWords("COALESCE", "PARTITION")
        || cursor.isWords("REMOVE", "PARTITIONING")) {
      actions.accept(new AlterAction.ReorganizePartitions(text()));
    } else if (MAINTENANCE.stream().anyMatch(word -> cursor.isWords(word, "PARTITION"))) {
      actions.accept(new AlterAction.Maintenance(text()));
    } else {
      return false;
    }
    return true;
  }

  private String text() {
    return SqlToken.canonical(cursor.rest()).trim();
  }

  private String definitions() {
    if (!cursor.isSymbol("(")) {
      return text();
    }
    List<SqlToken> tokens = cursor.parenthesised();
    if (!new TokenCursor(tokens).isWords("PARTITION")) {
      throw new DdlSyntaxException("expected the definition of a partition");
    }
    String definitions = SqlToken.canonical(tokens).trim();
    Partitioning.check("(" + definitions + ")");
    return definitions;
  }

  private void skipLogging() {
    if (!cursor.acceptWords("NO_WRITE_TO_BINLOG")) {
      cursor.acceptWords("LOCAL");
    }
  }

  private List<String> namesOrAll() {
    return cursor.acceptWords("ALL") ? List.of() : cursor.nameList();
  }
}
