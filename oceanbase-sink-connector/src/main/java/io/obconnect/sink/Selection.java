package io.obconnect.sink;

import io.obconnect.model.ColumnSelector;
import io.obconnect.model.NameMapping;
import io.obconnect.model.RowFilters;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableId;
import io.obconnect.model.TableMapping;
import io.obconnect.model.TableSelector;
import java.util.Objects;
import java.util.Optional;

/**
 * What of the source goes to the destination, and under which names. Immutable.
 *
 * @param restricted whether not all tables are chosen
 */
record Selection(
    TableSelector tables,
    boolean restricted,
    NameMapping names,
    MergePolicy merges,
    ColumnSelector columns,
    RowFilters filters) {

  Selection {
    Objects.requireNonNull(tables, "tables");
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(merges, "merges");
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(filters, "filters");
  }

  /** Why rows of a table cannot come as SQL text, empty when they can. */
  Optional<String> obstacleToBlocks(TableId source) {
    return columns.isEmpty() && filters.of(source).isEmpty()
        ? Optional.empty()
        : Optional.of(
            "table "
                + source.quoted()
                + " is copied in blocks, of which the sink can choose no rows or columns; copy it"
                + " with copy.encoding=rows at the source");
  }

  boolean includes(TableId source) {
    return tables.decide(source).selected();
  }

  /** As {@link #includes}, by the name that a source's transaction metadata give to a table. */
  boolean includesCollection(String collection) {
    int dot = collection.lastIndexOf('.');
    if (dot <= 0) {
      return true;
    }
    String database = collection.substring(collection.lastIndexOf('.', dot - 1) + 1, dot);
    return includes(new TableId(database, collection.substring(dot + 1)));
  }

  /** The destination's table. */
  TableId destination(TableId source) {
    return names.map(source);
  }

  /**
   * The destination's database; empty where it is not certain that a table comes to it, so that it
   * is created with its first table only.
   */
  Optional<String> destinationDatabase(String source) {
    return restricted ? Optional.empty() : names.mapDatabase(source);
  }

  /** Whether a destination table belongs to the one source table that came first. */
  boolean hasOneSource() {
    return !names.isEmpty() && merges == MergePolicy.REFUSE;
  }

  /** Whether rows of several source tables may meet in a destination table. */
  boolean mayMerge(TableId destination) {
    return merges != MergePolicy.REFUSE && names.isTarget(destination);
  }

  /** Whether a new row must not take the place of another one in that table. */
  boolean keepsKeysApart(TableId destination) {
    return merges == MergePolicy.DISTINCT_KEYS && mayMerge(destination);
  }

  /**
   * A table's definition with the columns that the destination shall have; its name is still the
   * source's.
   *
   * @throws IllegalArgumentException when it cannot be had so
   */
  TableMapping map(TableDefinition source) {
    return TableMapping.map(source, source.id(), columns);
  }
}
