package io.obconnect.model;

import java.util.Optional;

/**
 * Columns that become keys after their table was created. Their collation at the destination may be
 * a stand-in that makes equal what the source keeps apart, and the source's is no longer known.
 */
final class KeyColumns {

  private KeyColumns() {}

  /** Returns the column with a binary collation if its present one may be such a stand-in. */
  static ColumnDefinition binary(
      ColumnDefinition column,
      TableDefinition table,
      DestinationProfile profile,
      ConversionLog log) {
    CollationMapper mapper = new CollationMapper(profile, ConversionOptions.full());
    ColumnType type = column.type();
    if (!type.isText() || !mapper.mapsTheDefault()) {
      return column;
    }
    CollationMapper.TextAttributes own =
        new CollationMapper.TextAttributes(type.charset(), type.collation());
    CollationMapper.TextAttributes text = own.isEmpty() ? TableAttributes.of(table) : own;
    String charset = text.effectiveCharset().orElse(CollationMapper.WIDEST);
    Optional<String> collation = text.collation().or(() -> profile.defaultCollation(charset));
    String binary = charset + "_bin";
    boolean keepsApart = collation.filter(CollationMapper::isBinary).isPresent();
    if (keepsApart || !profile.collations().containsKey(binary)) {
      return column;
    }
    log.mapped(
        ConversionLog.column(column),
        "collation " + collation.orElse("of the server"),
        binary,
        "it becomes part of a unique key; only a binary collation keeps apart all values that the"
            + " source may keep apart; comparisons become case- and accent-sensitive");
    return column.withType(type.withText(Optional.of(charset), Optional.of(binary)));
  }
}
