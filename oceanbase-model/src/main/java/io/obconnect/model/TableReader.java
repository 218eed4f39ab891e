package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the elements and options of one CREATE TABLE. */
final class TableReader implements ElementReader.Target {

  private static final List<String> QUERY_WORDS =
      List.of("SELECT", "AS", "WITH", "VALUES", "TABLE", "IGNORE", "REPLACE");

  private final TableId id;
  private final OptionReader options = new OptionReader();
  private Optional<String> partitioning = Optional.empty();
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final IndexNames indexes = new IndexNames();
  private final List<ForeignKey> foreignKeys = new ArrayList<>();
  private final List<CheckConstraint> checks = new ArrayList<>();

  TableReader(TableId id) {
    this.id = id;
  }

  /** Reads what follows the elements; false if that is a query whose result fills the table. */
  boolean readOptions(TokenCursor cursor) {
    while (!cursor.atEnd()) {
      if (cursor.acceptSymbol(",")) {
        continue;
      }
      if (cursor.isSymbol("(") || QUERY_WORDS.stream().anyMatch(cursor::isWords)) {
        return false;
      }
      if (cursor.isWords("PARTITION")) {
        String sql = SqlToken.canonical(cursor.rest());
        Partitioning.check(sql);
        partitioning = Optional.of(sql);
      } else {
        options.read(cursor);
      }
    }
    return true;
  }

  /** Reads the elements; the options must have been read before: columns inherit from them. */
  TableDefinition readElements(List<SqlToken> tokens) {
    for (List<SqlToken> element : TokenCursor.splitAtCommas(tokens)) {
      ElementReader.read(element, tableCharset(), id.database(), this);
    }
    TableDefinition table =
        new TableDefinition(
            id, columns, indexes.named(), foreignKeys, checks, partitioning, options.options());
    List<String> keyColumns =
        table.primaryKey().map(IndexDefinition::columnNames).orElse(List.of());
    for (String key : keyColumns) {
      if (table.column(key).isEmpty()) {
        throw new DdlSyntaxException("the primary key names an unknown column " + key);
      }
    }
    return table.withKeyColumnsNotNull();
  }

  @Override
  public void column(ColumnDefinition column) {
    columns.add(column);
  }

  @Override
  public void index(IndexDefinition index) {
    indexes.add(index);
  }

  @Override
  public void check(CheckConstraint check) {
    checks.add(check);
  }

  @Override
  public void foreignKey(ForeignKey key) {
    foreignKeys.add(key);
  }

  private String tableCharset() {
    TableOptions read = options.options();
    return read.charset().or(() -> read.collation().map(CharsetNames::charsetOf)).orElse("");
  }
}
