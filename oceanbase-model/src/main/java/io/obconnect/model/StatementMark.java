package io.obconnect.model;

/**
 * What tells a sink's schema changes from those of applications in MySQL's log: the session's
 * auto_increment_increment and auto_increment_offset, two letters each, which MySQL logs with every
 * statement, also where it writes the statement anew (DROP TABLE, CREATE VIEW) and where a replica
 * logs it again. A comment would get lost there.
 *
 * <p>Sessions that add rows must not have it.
 */
public final class StatementMark {

  /** auto_increment_increment: "ob". */
  public static final int INCREMENT = 'o' << Byte.SIZE | 'b';

  /** auto_increment_offset: "ct". */
  public static final int OFFSET = 'c' << Byte.SIZE | 't';

  private StatementMark() {}

  /** The assignments that mark a session, for SET SESSION; MySQL 8.0.18 and later let anyone. */
  public static String assignments() {
    return "auto_increment_increment=" + INCREMENT + ", auto_increment_offset=" + OFFSET;
  }
}
