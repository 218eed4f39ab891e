package io.obconnect.sink;

import io.obconnect.model.AlterAction;
import io.obconnect.model.ConversionOptions;
import io.obconnect.model.ConversionResult;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.DestinationProfile;
import io.obconnect.model.IndexDefinition;
import io.obconnect.model.Rewrite;
import io.obconnect.model.SchemaConverter;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableMapping;
import io.obconnect.model.TablePart;
import io.obconnect.model.TableRenderer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A table of the source as the destination is to have it. */
sealed interface TableDesign {

  /** Parts that speed queries up and writing down. */
  Set<TablePart> INDEXES =
      EnumSet.of(
          TablePart.SECONDARY_INDEXES,
          TablePart.FUNCTIONAL_INDEXES,
          TablePart.FULLTEXT_INDEXES,
          TablePart.SPATIAL_INDEXES);

  /** The destination cannot have it. */
  record Refused(String reason) implements TableDesign {}

  /**
   * The destination can have it.
   *
   * @param table what is created
   * @param rewrites all differences to the source
   * @param heldBack what a person adds later
   * @param afterCopy what the sink adds when the table's copy is over
   */
  record Accepted(
      TableDefinition table,
      List<Rewrite> rewrites,
      List<DdlStatement.AlterTable> heldBack,
      List<DdlStatement.AlterTable> afterCopy)
      implements TableDesign {

    public Accepted {
      rewrites = List.copyOf(rewrites);
      heldBack = List.copyOf(heldBack);
      afterCopy = List.copyOf(afterCopy);
    }

    String sql() {
      return TableRenderer.createTableSql(table);
    }

    List<String> notes() {
      return rewrites.stream().map(Rewrite::toString).toList();
    }
  }

  /**
   * Converts a definition under the user's decisions; a pure function.
   *
   * @param snapshot whether the table's rows are still to be copied
   */
  static TableDesign of(
      TableDefinition source,
      boolean snapshot,
      SchemaPolicies policies,
      DestinationProfile profile) {
    String name = "table " + source.id().quoted();
    TableMapping mapping;
    try {
      mapping = policies.selection().map(source);
    } catch (IllegalArgumentException e) {
      return new Refused(name + ": " + e.getMessage());
    }
    boolean afterCopy = snapshot && policies.indexesAfterCopy();
    ConversionOptions options = policies.conversion();
    Set<TablePart> byPerson = options.heldBack();
    ConversionResult result =
        SchemaConverter.convert(
            mapping.table(),
            profile,
            afterCopy ? options.withHeldBack(union(byPerson, INDEXES)) : options);
    if (result instanceof ConversionResult.Refused refused) {
      return new Refused(name + " cannot be created: " + String.join("; ", refused.reasons()));
    }
    ConversionResult.Converted converted = (ConversionResult.Converted) result;
    if (!policies.keyless()
        && converted.table().indexes().stream().noneMatch(IndexDefinition::isUnique)) {
      return new Refused(
          name
              + " has no primary key, so changes cannot find their rows; add one, or allow such"
              + " tables with "
              + WriteOptions.KEYLESS_TABLES);
    }
    List<Rewrite> rewrites = new ArrayList<>(mapping.rewrites());
    rewrites.addAll(converted.rewrites());
    Map<Boolean, List<DdlStatement.AlterTable>> later =
        converted.heldBack().stream()
            .collect(
                Collectors.partitioningBy(
                    alter ->
                        afterCopy
                            && alter.actions().stream().allMatch(a -> isAfterCopy(a, byPerson))));
    return new Accepted(converted.table(), rewrites, later.get(false), later.get(true));
  }

  /** Whether the sink is to add a part: an index that is not left to a person. */
  private static boolean isAfterCopy(AlterAction action, Set<TablePart> byPerson) {
    return action instanceof AlterAction.AddIndex add
        && TablePart.of(add.index()).filter(part -> !byPerson.contains(part)).isPresent();
  }

  private static Set<TablePart> union(Set<TablePart> one, Set<TablePart> other) {
    Set<TablePart> all = EnumSet.copyOf(other);
    all.addAll(one);
    return all;
  }
}
