package io.obconnect.sink;

import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlStatement;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps passwords that stand in statements out of the ledger. */
final class StatementSecrets {
  /** What is kept in the place of a text. */
  static final String NOT_KEPT = "(not kept: it may hold a password)";

  private static final Set<DdlKind> MAY_HOLD_PASSWORD =
      EnumSet.of(DdlKind.ACCOUNT, DdlKind.SERVER_OBJECT, DdlKind.NOT_A_SCHEMA_CHANGE);

  /** In a text that was not understood. */
  private static final Pattern SPEAKS_OF_PASSWORD =
      Pattern.compile("\\b(PASSWORD|IDENTIFIED)\\b", Pattern.CASE_INSENSITIVE);

  private StatementSecrets() {}

  /**
   * A change as it may be kept.
   *
   * @param statements what its text holds; one of them may hold a password for all, because each is
   *     kept with the whole text
   */
  static SchemaChange without(SchemaChange change, List<DdlStatement> statements) {
    return statements.stream().anyMatch(statement -> mayHoldPassword(change, statement))
        ? new SchemaChange(
            NOT_KEPT,
            change.database(),
            change.position(),
            change.at(),
            change.snapshot(),
            change.copyRun())
        : change;
  }

  private static boolean mayHoldPassword(SchemaChange change, DdlStatement statement) {
    return statement.ddlKinds().stream().anyMatch(MAY_HOLD_PASSWORD::contains)
        || (statement instanceof DdlStatement.Unparseable
            && SPEAKS_OF_PASSWORD.matcher(change.ddl()).find());
  }
}
