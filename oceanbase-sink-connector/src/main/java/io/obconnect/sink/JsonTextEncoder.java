package io.obconnect.sink;

import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.DataException;

/**
 * Writes {@link JsonText}, the values of records without schema, as the type of the column asks:
 * what a converter has made of a value is undone where the column says what it was.
 *
 * <p>Numbers in columns of dates and times are Debezium's: days, microseconds, and for points in
 * time milliseconds up to three fractional digits, microseconds beyond (its adaptive modes). Texts
 * in columns of bytes are base64.
 */
final class JsonTextEncoder implements LiteralEncoder {
  private static final Set<String> FLOATING = Set.of("float", "double");
  private static final int MILLIS_DIGITS = 3;
  private static final Pattern ZONED =
      Pattern.compile(".*\\d:\\d\\d(:\\d\\d)?(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");

  private final DestinationColumn column;
  private final LiteralEncoder characters;

  /**
   * An encoder for one column.
   *
   * @param characters writes texts to it
   */
  JsonTextEncoder(DestinationColumn column, LiteralEncoder characters) {
    this.column = column;
    this.characters = characters;
  }

  @Override
  public void appendNonNull(StringBuilder sql, Object value) {
    String json = (String) value;
    switch (json.charAt(0)) {
      case '"' -> appendString(sql, JsonText.string(json));
      case 't', 'f' -> appendBoolean(sql, json);
      case '{', '[' -> appendComposite(sql, json);
      default -> appendNumber(sql, json);
    }
  }

  private void appendString(StringBuilder sql, String text) {
    if (column.holdsBytes()) {
      Literals.appendBytes(sql, Base64.getDecoder().decode(text));
    } else if (column.dataType().equals("bit")) {
      LiteralEncoders.appendBits(sql, Base64.getDecoder().decode(text));
    } else if (isPointInTime() && isZoned(text)) {
      LiteralEncoders.appendZoned(sql, text);
    } else if (column.dataType().equals("time") && isZoned(text)) {
      LiteralEncoders.appendZonedTime(sql, text);
    } else {
      characters.append(sql, text);
    }
  }

  private boolean isPointInTime() {
    return column.dataType().equals("datetime") || column.dataType().equals("timestamp");
  }

  private static boolean isZoned(String text) {
    return ZONED.matcher(text).matches();
  }

  private void appendBoolean(StringBuilder sql, String json) {
    if (isText()) {
      characters.append(sql, json);
    } else {
      sql.append(json.equals("true") ? '1' : '0');
    }
  }

  private void appendComposite(StringBuilder sql, String json) {
    if (!isText() && !column.dataType().equals("vector")) {
      throw new DataException("a list or an object for a column of another type");
    }
    characters.append(sql, json);
  }

  private boolean isText() {
    return column.holdsText() || column.holdsJson();
  }

  private void appendNumber(StringBuilder sql, String json) {
    switch (column.dataType()) {
      case "date" -> Literals.appendDate(sql, Long.parseLong(json));
      case "time" -> Literals.appendDuration(sql, Literals.microseconds(Long.parseLong(json)));
      case "datetime", "timestamp" -> LiteralEncoders.appendEpoch(sql, sinceEpoch(json));
      default -> {
        if (isText()) {
          characters.append(sql, json);
        } else if (FLOATING.contains(column.dataType())) {
          Literals.appendDouble(sql, Double.parseDouble(json));
        } else if (column.unsigned() && json.startsWith("-")) {
          // bigint.unsigned.handling.mode=long, as where there is a schema.
          sql.append(Long.toUnsignedString(Long.parseLong(json)));
        } else {
          sql.append(json);
        }
      }
    }
  }

  private Duration sinceEpoch(String json) {
    long number = Long.parseLong(json);
    return column.fractionDigits() <= MILLIS_DIGITS
        ? Duration.ofMillis(number)
        : Literals.microseconds(number);
  }
}
