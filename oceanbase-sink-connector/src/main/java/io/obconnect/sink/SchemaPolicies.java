package io.obconnect.sink;

import io.obconnect.model.AlterAction;
import io.obconnect.model.ConversionOptions;
import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlPolicy;
import io.obconnect.model.DdlStatement;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the user decides about schema changes.
 *
 * @param kinds the policies that differ from the default
 * @param acrossTasks whether narrowing changes are carried out although other tasks may hold
 *     earlier rows of the table
 * @param conversion for new tables and for changes
 */
record SchemaPolicies(
    Map<DdlKind, DdlPolicy> kinds, boolean acrossTasks, ConversionOptions conversion) {

  /**
   * What becomes of a statement.
   *
   * @param statement the part of it that is carried over, if the policy is to apply it
   * @param notes why something is not
   */
  record Decision(DdlPolicy policy, DdlStatement statement, List<String> notes) {
    Decision {
      notes = List.copyOf(notes);
    }

    boolean isApplied() {
      return policy == DdlPolicy.APPLY;
    }
  }

  SchemaPolicies {
    kinds = Map.copyOf(kinds);
    Objects.requireNonNull(conversion, "conversion");
  }

  Decision decide(DdlStatement statement) {
    if (statement instanceof DdlStatement.TruncateTable) {
      // Once is enough, and only there does it stand in order with the rows.
      return new Decision(
          DdlPolicy.IGNORE, statement, List.of("the truncation arrives as a change record"));
    }
    List<DdlKind> leftOut =
        statement.ddlKinds().stream().filter(kind -> of(kind) != DdlPolicy.APPLY).toList();
    List<String> notes = leftOut.stream().map(this::note).toList();
    if (leftOut.stream().anyMatch(kind -> of(kind) == DdlPolicy.FAIL)) {
      return new Decision(DdlPolicy.FAIL, statement, notes);
    }
    if (leftOut.isEmpty()) {
      return new Decision(DdlPolicy.APPLY, statement, notes);
    }
    if (statement instanceof DdlStatement.AlterTable alter) {
      List<AlterAction> actions =
          alter.actions().stream().filter(action -> !leftOut.contains(action.kind())).toList();
      if (!actions.isEmpty()) {
        return new Decision(
            DdlPolicy.APPLY, new DdlStatement.AlterTable(alter.id(), actions), notes);
      }
    }
    boolean logged = leftOut.stream().anyMatch(kind -> of(kind) == DdlPolicy.LOG);
    return new Decision(logged ? DdlPolicy.LOG : DdlPolicy.IGNORE, statement, notes);
  }

  private DdlPolicy of(DdlKind kind) {
    return kinds.getOrDefault(kind, kind.defaultPolicy());
  }

  private String note(DdlKind kind) {
    return DdlOptions.name(kind) + "=" + DdlOptions.text(of(kind)) + ": " + kind.reason();
  }
}
