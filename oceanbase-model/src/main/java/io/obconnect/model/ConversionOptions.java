package io.obconnect.model;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a user decides about the conversion of definitions.
 *
 * @param names from a table's name at the source to that at the destination; must be a pure
 *     function. A database alone is asked for with an empty table
 * @param charsets character sets that the user maps by hand, by the source's name
 * @param collations collations that the user maps by hand, by the source's name; they go before
 *     what {@link CollationMapper} chooses, also for keys
 * @param leftOut parts that the destination is not to have at all
 * @param heldBack parts that are added later: {@link ConversionResult.Converted#heldBack()}
 */
public record ConversionOptions(
    UnaryOperator<TableId> names,
    Map<String, String> charsets,
    Map<String, String> collations,
    Set<TablePart> leftOut,
    Set<TablePart> heldBack) {

  private static final Set<TablePart> NEVER_HELD_BACK =
      EnumSet.of(TablePart.GENERATED_COLUMNS, TablePart.PARTITIONS);

  public ConversionOptions {
    charsets = Map.copyOf(charsets);
    collations = Map.copyOf(collations);
    leftOut = Set.copyOf(leftOut);
    heldBack = Set.copyOf(heldBack);
    for (TablePart part : NEVER_HELD_BACK) {
      if (heldBack.contains(part)) {
        throw new IllegalArgumentException(part + " cannot be added later");
      }
    }
  }

  /** Returns options that carry over all there is. */
  public static ConversionOptions full() {
    return new ConversionOptions(UnaryOperator.identity(), Map.of(), Map.of(), Set.of(), Set.of());
  }

  /** Returns options that carry over what rows need, and the plain indexes. */
  public static ConversionOptions rowsOnly() {
    return full().withLeftOut(EnumSet.complementOf(EnumSet.of(TablePart.SECONDARY_INDEXES)));
  }

  public ConversionOptions withNames(UnaryOperator<TableId> newNames) {
    return new ConversionOptions(newNames, charsets, collations, leftOut, heldBack);
  }

  public ConversionOptions withText(
      Map<String, String> newCharsets, Map<String, String> newCollations) {
    return new ConversionOptions(names, newCharsets, newCollations, leftOut, heldBack);
  }

  public ConversionOptions withLeftOut(Set<TablePart> newLeftOut) {
    return new ConversionOptions(names, charsets, collations, newLeftOut, heldBack);
  }

  public ConversionOptions withHeldBack(Set<TablePart> newHeldBack) {
    return new ConversionOptions(names, charsets, collations, leftOut, newHeldBack);
  }

  boolean has(TablePart part) {
    return !leftOut.contains(part);
  }

  String database(String source) {
    return names.apply(new TableId(source, "")).database();
  }
}
