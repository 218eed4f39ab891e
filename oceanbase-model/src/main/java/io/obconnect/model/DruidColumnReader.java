package io.obconnect.model;

import com.alibaba.druid.sql.ast.SQLDataTypeImpl;
import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryExpr;
import com.alibaba.druid.sql.ast.expr.SQLBooleanExpr;
import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import com.alibaba.druid.sql.ast.expr.SQLHexExpr;
import com.alibaba.druid.sql.ast.expr.SQLIntegerExpr;
import com.alibaba.druid.sql.ast.expr.SQLNullExpr;
import com.alibaba.druid.sql.ast.expr.SQLNumericLiteralExpr;
import com.alibaba.druid.sql.ast.statement.SQLCharacterDataType;
import com.alibaba.druid.sql.ast.statement.SQLColumnConstraint;
import com.alibaba.druid.sql.ast.statement.SQLColumnDefinition;
import com.alibaba.druid.sql.ast.statement.SQLColumnPrimaryKey;
import com.alibaba.druid.sql.ast.statement.SQLColumnUniqueKey;
import com.alibaba.druid.sql.ast.statement.SQLNotNullConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From Druid's column to the model's parts. */
final class DruidColumnReader {

  /** All the ways MySQL has to say "now". */
  private static final Pattern NOW =
      Pattern.compile(
          "(?:CURRENT_TIMESTAMP|NOW|LOCALTIME|LOCALTIMESTAMP)(?:\\s*\\(\\s*(\\d*)\\s*\\))?",
          Pattern.CASE_INSENSITIVE);

  private final DruidText druid;
  private final SQLColumnDefinition column;
  private final String tableCharset;

  DruidColumnReader(DruidText druid, String tableCharset) {
    this.druid = druid;
    this.column = DruidElements.column(druid.sql());
    this.tableCharset = tableCharset;
  }

  boolean nullable() {
    return column.getConstraints().stream().noneMatch(SQLNotNullConstraint.class::isInstance);
  }

  String typeName() {
    if (column.getDataType() == null) {
      throw new DdlSyntaxException("a column without a type");
    }
    return column.getDataType().getName();
  }

  boolean autoIncrement() {
    return column.isAutoIncrement();
  }

  boolean stored() {
    return column.isStored();
  }

  String comment() {
    SQLExpr comment = column.getComment();
    if (comment == null) {
      return "";
    }
    if (comment instanceof SQLCharExpr text) {
      return druid.textOf(text);
    }
    throw new DdlSyntaxException("the comment is no text");
  }

  Optional<String> onUpdate() {
    return Optional.ofNullable(column.getOnUpdate()).map(DruidColumnReader::now);
  }

  private static String now(SQLExpr expression) {
    Matcher matcher = NOW.matcher(expression.toString());
    if (!matcher.matches()) {
      throw new DdlSyntaxException("neither a literal nor the time: " + expression);
    }
    String digits = matcher.group(1);
    boolean whole = digits == null || digits.isEmpty() || digits.equals("0");
    return whole ? "CURRENT_TIMESTAMP" : "CURRENT_TIMESTAMP(" + digits + ")";
  }

  ColumnDefault defaultValue() {
    SQLExpr value = column.getDefaultExpr();
    if (value == null) {
      return new ColumnDefault.None();
    }
    if (value instanceof SQLNullExpr) {
      return new ColumnDefault.Null();
    }
    // Introducers such as _latin1'x' are a subclass of their own and end in now()'s error.
    if (value.getClass() == SQLCharExpr.class) {
      return new ColumnDefault.Literal(druid.textOf((SQLCharExpr) value));
    }
    if (value instanceof SQLBooleanExpr flag) {
      return new ColumnDefault.Literal(flag.getBooleanValue() ? "1" : "0");
    }
    if (value instanceof SQLNumericLiteralExpr) {
      return new ColumnDefault.Literal(value.toString());
    }
    if (value instanceof SQLBinaryExpr bits) {
      return new ColumnDefault.Binary("b'" + bits.getText() + "'");
    }
    if (value instanceof SQLHexExpr bytes) {
      return new ColumnDefault.Binary("0x" + bytes.getHex());
    }
    return new ColumnDefault.Expression(now(value));
  }

  List<IndexDefinition> inlineIndexes(String name, boolean serial) {
    List<IndexDefinition> indexes = new ArrayList<>();
    boolean unique = serial;
    for (SQLColumnConstraint constraint : column.getConstraints()) {
      if (constraint instanceof SQLColumnPrimaryKey) {
        indexes.add(index(name, "PRIMARY", IndexDefinition.Kind.PRIMARY));
      }
      unique |= constraint instanceof SQLColumnUniqueKey;
    }
    if (unique) {
      indexes.add(index(name, "", IndexDefinition.Kind.UNIQUE));
    }
    return indexes;
  }

  private static IndexDefinition index(String column, String name, IndexDefinition.Kind kind) {
    IndexPart part = new IndexPart.Column(column, OptionalInt.empty(), false);
    return new IndexDefinition(name, kind, List.of(part), "", false, Map.of());
  }

  ColumnType type(Optional<String> impliedCharset, boolean binaryCollation) {
    SQLDataTypeImpl type = (SQLDataTypeImpl) column.getDataType();
    ColumnType plain = TypeNames.canonical(typeName(), arguments(type));
    boolean unsigned = type.isUnsigned() || type.isZerofill() || plain.unsigned();
    ColumnType signed = plain.withSign(unsigned, type.isZerofill());
    Optional<String> collation = collation();
    Optional<String> charset = charset().or(() -> impliedCharset);
    if (binaryCollation && collation.isEmpty()) {
      String base = charset.orElse(tableCharset.isEmpty() ? "utf8mb4" : tableCharset);
      collation = Optional.of(base + "_bin");
    }
    String effective =
        charset.or(() -> collation().map(CharsetNames::charsetOf)).orElse(tableCharset);
    if (signed.isText() && effective.equals("binary")) {
      return TypeNames.bytes(signed);
    }
    return signed.withText(charset, collation);
  }

  /** Druid keeps the character set with some types, with the column for the others. */
  private Optional<String> charset() {
    Optional<String> ofType =
        column.getDataType() instanceof SQLCharacterDataType text
            ? Optional.ofNullable(text.getCharSetName())
            : Optional.empty();
    return ofType.or(() -> text(column.getCharsetExpr())).map(CharsetNames::charset);
  }

  private Optional<String> collation() {
    Optional<String> ofType =
        column.getDataType() instanceof SQLCharacterDataType text
            ? Optional.ofNullable(text.getCollate())
            : Optional.empty();
    return ofType.or(() -> text(column.getCollateExpr())).map(CharsetNames::collation);
  }

  private static Optional<String> text(SQLExpr name) {
    if (name == null) {
      return Optional.empty();
    }
    String text = name instanceof SQLCharExpr literal ? literal.getText() : name.toString();
    return Optional.of(text);
  }

  private List<Object> arguments(SQLDataTypeImpl type) {
    List<Object> arguments = new ArrayList<>();
    for (SQLExpr argument : type.getArguments()) {
      if (argument instanceof SQLCharExpr label) {
        arguments.add(druid.textOf(label));
      } else if (argument instanceof SQLIntegerExpr number) {
        arguments.add(number.getNumber().intValue());
      } else {
        throw new DdlSyntaxException("unknown argument of the type: " + argument);
      }
    }
    return arguments;
  }
}
