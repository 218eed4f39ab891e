package io.obconnect.model;

/** A table's own character set and collation. */
final class TableAttributes {

  private TableAttributes() {}

  static CollationMapper.TextAttributes of(TableDefinition table) {
    return new CollationMapper.TextAttributes(
        table.options().charset(), table.options().collation());
  }
}
