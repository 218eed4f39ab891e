package io.obconnect.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads one column's definition and the keys and constraints it declares besides. */
record ColumnReader(
    ColumnDefinition definition,
    List<IndexDefinition> indexes,
    List<CheckConstraint> checks,
    List<ForeignKey> foreignKeys) {

  /**
   * Reads a column.
   *
   * @param tableCharset the table's character set; empty if unknown
   * @param database the table's database
   */
  static ColumnReader read(List<SqlToken> tokens, String tableCharset, String database) {
    ElementText text = new ElementText(tokens, database);
    DruidColumnReader druid = new DruidColumnReader(new DruidText(text.remaining()), tableCharset);
    boolean serial = druid.typeName().toLowerCase(Locale.ROOT).equals("serial");
    ColumnDefinition definition =
        new ColumnDefinition(
            text.name(),
            druid.type(text.impliedCharset(), text.binaryCollation()).withSrid(text.srid()),
            druid.nullable() && !serial,
            text.defaultExpression()
                .<ColumnDefault>map(ColumnDefault.Expression::new)
                .orElseGet(druid::defaultValue),
            druid.onUpdate(),
            druid.autoIncrement() || serial,
            druid.comment(),
            text.invisible(),
            text.generated().map(sql -> new GeneratedValue(sql, druid.stored())),
            text.options());
    return new ColumnReader(
        definition, druid.inlineIndexes(text.name(), serial), text.checks(), text.foreignKeys());
  }

  /** Reads DEFAULT and what follows. */
  static ColumnDefault defaultValue(List<SqlToken> tokens, String database) {
    List<SqlToken> column = new ArrayList<>();
    column.add(new SqlToken(SqlToken.Kind.IDENTIFIER, "c", true));
    column.add(new SqlToken(SqlToken.Kind.WORD, "int", true));
    column.addAll(tokens);
    return read(column, "", database).definition().defaultValue();
  }
}
