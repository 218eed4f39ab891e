package io.obconnect.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What must be true of the destination when a change's first steps are done and no more. */
final class ChangeState {

  private final Map<String, StepFacts.Fact> facts = new HashMap<>();
  private final Map<TableId, TableId> renamed = new HashMap<>();

  ChangeState(List<ChangeStep> steps, int done) {
    for (ChangeStep step : steps.subList(0, done)) {
      StepFacts.of(step.statement()).after().forEach(fact -> facts.put(key(fact), fact));
      if (step.statement() instanceof DdlStatement.RenameTables rename) {
        rename.renamings().forEach(pair -> renamed.put(pair.from(), pair.to()));
      }
    }
    // What a step decides, done or still to do, is no matter of how the steps behind it start.
    for (ChangeStep step : steps.subList(done, steps.size())) {
      StepFacts.of(step.statement()).before().forEach(fact -> facts.putIfAbsent(key(fact), fact));
      StepFacts.of(step.statement())
          .after()
          .forEach(
              fact ->
                  facts.putIfAbsent(
                      key(fact), new StepFacts.Fact(fact.table(), fact.object(), any -> true)));
    }
  }

  boolean isPossible(Function<TableId, Optional<TableDefinition>> current) {
    return facts.values().stream().allMatch(fact -> fact.holds().test(current.apply(nameOf(fact))));
  }

  /** Where a table was renamed, the facts about its parts are found under the new name. */
  private TableId nameOf(StepFacts.Fact fact) {
    return fact.object().equals(StepFacts.TABLE)
        ? fact.table()
        : renamed.getOrDefault(fact.table(), fact.table());
  }

  private static String key(StepFacts.Fact fact) {
    return (fact.table() + "\n" + fact.object()).toLowerCase(Locale.ROOT);
  }
}
