package io.obconnect.model;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment before a CREATE TABLE in a topic of schema changes: the table's rows come in blocks,
 * see {@link CopyBlock}, and its changes are to be applied after them.
 */
public final class CopyMark {
  private static final Pattern MARK =
      Pattern.compile("^/\\* obconnect copy ([1-9][0-9]{0,17}) \\*/ ");

  private CopyMark() {}

  /** The statement with the number of the copy's run before it. */
  public static String mark(long run, String ddl) {
    return "/* obconnect copy " + run + " */ " + ddl;
  }

  /** The number of the run; empty where the statement bears none. */
  public static OptionalLong run(String ddl) {
    Matcher mark = MARK.matcher(ddl);
    return mark.find() ? OptionalLong.of(Long.parseLong(mark.group(1))) : OptionalLong.empty();
  }

  /** The statement alone. */
  public static String unmarked(String ddl) {
    return MARK.matcher(ddl).replaceFirst("");
  }
}
