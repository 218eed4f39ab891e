package io.obconnect.model;

import static io.obconnect.model.ChangeEffect.NARROWING;
import static io.obconnect.model.ChangeEffect.WIDENING;
import static io.obconnect.model.DdlPolicy.APPLY;
import static io.obconnect.model.DdlPolicy.FAIL;
import static io.obconnect.model.DdlPolicy.IGNORE;
import static io.obconnect.model.DdlPolicy.LOG;

import java.util.Locale;

/**
 * The kinds of schema change that a policy is chosen for, each with its default and the reason for
 * it. The one place for these facts: options and documentation are generated from here. Those that
 * alter a table stand together.
 *
 * <p>The defaults lose nothing: what the source did to its rows and tables is done at the
 * destination, too, and what cannot be done without doubt stops the table or is at least logged.
 */
public enum DdlKind {
  CREATE_DATABASE(APPLY, WIDENING, "tables need their database"),
  ALTER_DATABASE(APPLY, WIDENING, "gives later tables their character set, touches no row"),
  DROP_DATABASE(
      LOG,
      NARROWING,
      "takes everything at once and cannot be undone; several sources may share the database"),
  CREATE_TABLE(APPLY, WIDENING, "rows need their table"),
  CREATE_TABLE_AS_SELECT(
      FAIL, NARROWING, "row-based logs never hold it; its rows would come from the wrong data"),
  TEMPORARY_TABLE(IGNORE, WIDENING, "belongs to one session of the source"),
  DROP_TABLE(APPLY, NARROWING, "the source's rows are gone, too"),
  TRUNCATE_TABLE(APPLY, NARROWING, "deletes rows without change records"),
  RENAME_TABLE(APPLY, NARROWING, "rows that follow carry the new name"),
  ADD_COLUMN(
      APPLY,
      WIDENING,
      "rows that follow have the column; narrowing if it is NOT NULL without a default"),
  DROP_COLUMN(APPLY, NARROWING, "the source's values are gone, too"),
  MODIFY_COLUMN(
      APPLY, NARROWING, "rows that follow may not fit otherwise; widening if every old value fits"),
  RENAME_COLUMN(APPLY, NARROWING, "rows that follow carry the new name"),
  COLUMN_DEFAULT(APPLY, WIDENING, "change records are complete and never use a default"),
  COLUMN_VISIBILITY(APPLY, WIDENING, "concerns queries only"),
  ADD_INDEX(APPLY, WIDENING, "concerns speed only"),
  ADD_UNIQUE_INDEX(APPLY, NARROWING, "earlier rows may still hold equal values"),
  ADD_FULLTEXT_INDEX(APPLY, WIDENING, "concerns queries only"),
  ADD_SPATIAL_INDEX(APPLY, WIDENING, "concerns speed only"),
  DROP_INDEX(APPLY, WIDENING, "forbids no row; later rows may need a unique one gone"),
  RENAME_INDEX(APPLY, WIDENING, "later changes use the new name"),
  INDEX_VISIBILITY(APPLY, WIDENING, "concerns speed only"),
  ADD_PRIMARY_KEY(APPLY, NARROWING, "changes find their rows by it"),
  DROP_PRIMARY_KEY(APPLY, NARROWING, "changes find their rows by it"),
  ADD_FOREIGN_KEY(APPLY, NARROWING, "earlier rows may still lack their parents"),
  DROP_FOREIGN_KEY(APPLY, WIDENING, "forbids no row"),
  ADD_CHECK(APPLY, NARROWING, "earlier rows may still violate it"),
  DROP_CHECK(APPLY, WIDENING, "forbids no row"),
  CHECK_ENFORCEMENT(APPLY, NARROWING, "earlier rows may still violate it"),
  DROP_CONSTRAINT(APPLY, WIDENING, "forbids no row"),
  TABLE_COMMENT(APPLY, WIDENING, "touches no row"),
  TABLE_OPTION(APPLY, WIDENING, "touches no row; most options are MySQL's own and left out"),
  DEFAULT_CHARSET(APPLY, WIDENING, "concerns later columns only"),
  CONVERT_CHARSET(APPLY, NARROWING, "changes what is equal"),
  ADD_PARTITION(APPLY, WIDENING, "rows that follow may need it"),
  DROP_PARTITION(APPLY, NARROWING, "deletes rows without change records"),
  TRUNCATE_PARTITION(APPLY, NARROWING, "deletes rows without change records"),
  EXCHANGE_PARTITION(APPLY, NARROWING, "swaps rows without change records"),
  PARTITION_BY(APPLY, NARROWING, "rewrites the table; earlier rows may fit no partition"),
  REORGANIZE_PARTITION(APPLY, NARROWING, "later changes name the new partitions"),
  MAINTENANCE(IGNORE, WIDENING, "changes neither rows nor the definition"),
  CREATE_VIEW(APPLY, WIDENING, "holds no rows; replaced by ALTER VIEW, too"),
  DROP_VIEW(APPLY, WIDENING, "holds no rows, and can be created again"),
  ROUTINE(LOG, WIDENING, "a program in the source's dialect; move it by hand"),
  TRIGGER(
      LOG,
      WIDENING,
      "its effects arrive as change records; at the destination it would repeat them"),
  EVENT(LOG, WIDENING, "its effects arrive as change records; two servers would run it twice"),
  ACCOUNT(
      LOG,
      WIDENING,
      "users, roles and privileges are the destination's own; log and ledger name the kind"
          + " alone, because such statements may hold passwords"),
  SERVER_OBJECT(
      LOG,
      WIDENING,
      "servers, tablespaces, resource groups, spatial reference systems: what the source's machine"
          + " has; create by hand what is needed"),
  NOT_A_SCHEMA_CHANGE(IGNORE, WIDENING, "settings, maintenance, transactions: no table changes"),
  UNPARSEABLE(FAIL, NARROWING, "whether a table changes is not known");

  private final DdlPolicy defaultPolicy;
  private final ChangeEffect effect;
  private final String reason;

  DdlKind(DdlPolicy defaultPolicy, ChangeEffect effect, String reason) {
    this.defaultPolicy = defaultPolicy;
    this.effect = effect;
    this.reason = reason;
  }

  /** Returns the stable name for options and documentation: {@code add-column}. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public DdlPolicy defaultPolicy() {
    return defaultPolicy;
  }

  /** Returns the effect where the kind alone decides it; {@link ChangeEffects} knows it all. */
  ChangeEffect effect() {
    return effect;
  }

  /** Returns why the change is treated so by default, as a clause. */
  public String reason() {
    return reason;
  }
}
