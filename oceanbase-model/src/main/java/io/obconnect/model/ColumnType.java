package io.obconnect.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A column's type as MySQL declares it.
 *
 * @param name canonical base name in lower case: {@code int}, never {@code integer}
 * @param length length in characters or bytes, precision, display width, dimension or (for temporal
 *     types) fractional digits; empty if not given
 * @param scale digits after the point; empty if not given
 * @param values labels of an {@code enum} or {@code set}, in order; else empty
 * @param charset character set; empty if the column inherits the table's
 * @param collation collation; empty if the column inherits the table's or the character set's
 * @param srid spatial reference system of a spatial type; empty if not restricted
 */
public record ColumnType(
    String name,
    OptionalInt length,
    OptionalInt scale,
    boolean unsigned,
    boolean zerofill,
    List<String> values,
    Optional<String> charset,
    Optional<String> collation,
    OptionalInt srid) {

  private static final Set<String> TEXTS = Set.of("tinytext", "text", "mediumtext", "longtext");
  private static final Set<String> BLOBS = Set.of("tinyblob", "blob", "mediumblob", "longblob");
  private static final Set<String> SPATIAL =
      Set.of(
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection");
  private static final Set<String> ENUMERATIONS = Set.of("enum", "set");

  public ColumnType {
    values = List.copyOf(values);
  }

  /** Returns the type of that name without any attribute. */
  public static ColumnType of(String name) {
    return new ColumnType(
        name,
        OptionalInt.empty(),
        OptionalInt.empty(),
        false,
        false,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  /** Returns whether values are text, and so have a character set and a collation. */
  public boolean isText() {
    return name.equals("char")
        || name.equals("varchar")
        || TEXTS.contains(name)
        || ENUMERATIONS.contains(name);
  }

  /** Returns whether the type is one of the TEXT types. */
  public boolean isLongText() {
    return TEXTS.contains(name);
  }

  /** Returns whether the type is GEOMETRY or one of its kinds. */
  public boolean isSpatial() {
    return SPATIAL.contains(name);
  }

  /** Returns whether values live outside of the row: TEXT, BLOB, JSON, spatial types and VECTOR. */
  public boolean isLargeObject() {
    return isLongText()
        || BLOBS.contains(name)
        || isSpatial()
        || name.equals("json")
        || name.equals("vector");
  }

  ColumnType withName(String newName) {
    return new ColumnType(
        newName, length, scale, unsigned, zerofill, values, charset, collation, srid);
  }

  ColumnType withLength(int newLength) {
    return new ColumnType(
        name,
        OptionalInt.of(newLength),
        scale,
        unsigned,
        zerofill,
        values,
        charset,
        collation,
        srid);
  }

  ColumnType withArguments(OptionalInt newLength, OptionalInt newScale, List<String> newValues) {
    return new ColumnType(
        name, newLength, newScale, unsigned, zerofill, newValues, charset, collation, srid);
  }

  ColumnType withSign(boolean newUnsigned, boolean newZerofill) {
    return new ColumnType(
        name, length, scale, newUnsigned, newZerofill, values, charset, collation, srid);
  }

  ColumnType withText(Optional<String> newCharset, Optional<String> newCollation) {
    return new ColumnType(
        name, length, scale, unsigned, zerofill, values, newCharset, newCollation, srid);
  }

  ColumnType withSrid(OptionalInt newSrid) {
    return new ColumnType(
        name, length, scale, unsigned, zerofill, values, charset, collation, newSrid);
  }

  /** Returns the type's SQL, without the SRID: that is an attribute of the column. */
  public String render() {
    StringBuilder sql = new StringBuilder(name);
    if (!values.isEmpty()) {
      sql.append(values.stream().map(SqlText::literal).collect(Collectors.joining(",", "(", ")")));
    } else if (length.isPresent()) {
      sql.append('(').append(length.getAsInt());
      scale.ifPresent(digits -> sql.append(',').append(digits));
      sql.append(')');
    }
    if (unsigned) {
      sql.append(" unsigned");
    }
    if (zerofill) {
      sql.append(" zerofill");
    }
    charset.ifPresent(name -> sql.append(" CHARACTER SET ").append(name));
    collation.ifPresent(name -> sql.append(" COLLATE ").append(name));
    return sql.toString();
  }
}
