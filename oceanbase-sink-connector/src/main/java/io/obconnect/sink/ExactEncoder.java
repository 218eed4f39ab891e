package io.obconnect.sink;

import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.model.ExactValue;
import io.obconnect.model.SqlText;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.DataException;

/**
 * Writes {@link ExactValue}s. What a header says goes into a statement only in the forms that are
 * known here.
 */
final class ExactEncoder implements LiteralEncoder {
  private static final Pattern TEXT = Pattern.compile("_([a-z0-9]+) x'[0-9a-f]*'");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}(-\\d\\d-\\d\\d( \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?)?)?");
  private static final String ERROR_MEMBER = "0";

  private final DestinationColumn column;

  ExactEncoder(DestinationColumn column) {
    this.column = Objects.requireNonNull(column, "column");
  }

  @Override
  public void appendNonNull(StringBuilder sql, Object value) {
    append(sql, ExactValue.exact(value), SqlText.ENUM_ERROR_VALUE);
  }

  /** Members are equal to their numbers. */
  @Override
  public void appendOperand(StringBuilder sql, Object value) {
    append(sql, ExactValue.exact(value), ERROR_MEMBER);
  }

  private void append(StringBuilder sql, String exact, String errorMember) {
    Matcher text = TEXT.matcher(exact);
    if (TIME.matcher(exact).matches()) {
      sql.append('\'').append(exact).append('\'');
    } else if (text.matches()) {
      requireCharset(text.group(1));
      sql.append(exact);
    } else if (exact.equals(ERROR_MEMBER)) {
      sql.append(column.dataType().equals("enum") ? errorMember : "''");
    } else {
      throw new DataException("an exact value of a form that this version does not know");
    }
  }

  /** OceanBase has few; to name one that it lacks is a syntax error there. */
  private void requireCharset(String charset) {
    boolean known =
        column.engine() == Engine.MYSQL
            || charset.equals("utf8mb4")
            || column.collation().startsWith(charset + "_");
    if (!known) {
      throw new DataException("the destination has no character set " + charset);
    }
  }
}
