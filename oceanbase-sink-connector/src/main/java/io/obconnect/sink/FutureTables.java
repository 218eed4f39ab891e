package io.obconnect.sink;

import io.obconnect.model.AlterAction;
import io.obconnect.model.DdlStatement;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableEvolution;
import io.obconnect.model.TableId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The destination's definitions as they would be, if what is taken were carried out. */
final class FutureTables {
  private final Function<TableId, Optional<TableDefinition>> present;
  private final Map<TableId, Optional<TableDefinition>> definitions = new HashMap<>();
  private final Set<TableId> ours = new HashSet<>();

  FutureTables(Function<TableId, Optional<TableDefinition>> present) {
    this.present = Objects.requireNonNull(present, "present");
  }

  /** Takes a table that would be created. */
  void create(TableDefinition table) {
    definitions.put(table.id(), Optional.of(table));
    ours.add(table.id());
  }

  /** Whether a table would be in use by the connector. */
  boolean isOurs(TableId id) {
    return ours.contains(id);
  }

  /** Takes a step that would be carried out. */
  void evolve(DdlStatement step) {
    if (step instanceof DdlStatement.AlterTable alter) {
      definition(alter.id())
          .map(table -> TableEvolution.apply(table, alter.actions()))
          .ifPresent(table -> moved(alter.id(), table.id(), Optional.of(table)));
    } else if (step instanceof DdlStatement.DropTables drop) {
      drop.tables().forEach(table -> definitions.put(table, Optional.empty()));
    } else if (step instanceof DdlStatement.RenameTables rename) {
      rename.renamings().forEach(pair -> moved(pair.from(), pair.to(), definition(pair.from())));
    } else if (step instanceof DdlStatement.CreateTableLike like) {
      moved(like.id(), like.id(), definition(like.like()));
    }
  }

  private void moved(TableId from, TableId to, Optional<TableDefinition> table) {
    definitions.put(from, Optional.empty());
    definitions.put(
        to, table.map(t -> TableEvolution.apply(t, List.of(new AlterAction.RenameTo(to)))));
    ours.add(to);
  }

  /** By the name at the destination. */
  Optional<TableDefinition> definition(TableId id) {
    return definitions.computeIfAbsent(id, present);
  }
}
