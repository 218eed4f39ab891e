package io.obconnect.verifier;

import io.obconnect.model.TableId;
import java.util.List;

/**
 * Builds the SQL that both engines evaluate. It is the same text on both sides, so a difference of
 * the result is a difference of the data.
 *
 * <p>The hash is 64 bits of SHA-256: MySQL 9 has no MD5, and CRC32 is linear, so that one update
 * lost in an even number of rows cancels in a BIT_XOR.
 */
final class ChecksumExpression {

  /** A longer string enters the row text as its SHA-256, so the row text stays small. */
  static final long INLINE_LIMIT_BYTES = 1024;

  private ChecksumExpression() {}

  /**
   * The text of one value, unambiguous when joined with '|'. Text of free content is preceded by
   * its length. A NULL value is N, which no other value yields in the same place. The result is
   * NULL only if the engine fails to compute it, and then so is the hash of the row.
   */
  static String canonicalText(String value, ColumnKind kind, boolean zerofill, long octets) {
    return switch (kind) {
      case INTEGER, DECIMAL -> zerofill ? orNull(value, value + "+0") : orNull(value);
      case YEAR, BIT -> orNull(value, value + "+0");
      // The text of a double is cut to 22 characters by MySQL, and the engines switch to the
      // exponent form at different values. A point carries the 8 bytes of the double unchanged;
      // adding 0e0 makes a double of a float, and 0 of -0.
      case FLOATING -> orNull(value, "SUBSTR(HEX(POINT(" + value + "+0e0,0)),19,16)");
      case BINARY ->
          orNull(value, octets > INLINE_LIMIT_BYTES ? sha256(value) : "HEX(" + value + ")");
      case TEXT -> orNull(value, text("CONVERT(" + value + " USING utf8mb4)", octets));
      case JSON -> orNull(value, sha256("CONVERT(" + value + " USING utf8mb4)"));
      case GEOMETRY -> orNull(value, sha256(value));
      case DATE, DATETIME, TIMESTAMP, TIME -> orNull(value);
      case UNSUPPORTED -> throw new IllegalArgumentException("no canonical text for " + value);
    };
  }

  private static String text(String utf8, long octets) {
    return octets > INLINE_LIMIT_BYTES
        ? sha256(utf8)
        : "CONCAT(LENGTH(" + utf8 + "),'|'," + utf8 + ")";
  }

  private static String orNull(String value) {
    return "IFNULL(" + value + ",'N')";
  }

  /** Asks the value itself: a function of a value that is too large is NULL as well. */
  private static String orNull(String value, String expression) {
    return "IF(" + value + " IS NULL,'N'," + expression + ")";
  }

  private static String sha256(String expression) {
    return "SHA2(" + expression + ",256)";
  }

  /** The text of a row; NULL if one of the texts is, where CONCAT_WS would leave it out. */
  static String rowText(List<String> canonicalTexts) {
    return "CONCAT('|'"
        + String.join("", canonicalTexts.stream().map(text -> "," + text + ",'|'").toList())
        + ")";
  }

  /** SHA-256 of the row text, hexadecimal. */
  static String rowDigest(List<String> canonicalTexts) {
    return sha256(rowText(canonicalTexts));
  }

  /**
   * Reads COUNT(*), the count of hashed rows, BIT_XOR and SUM. NO_MERGE keeps MySQL from evaluating
   * the hash once per aggregate, which takes more than twice the time.
   */
  static String query(TableId table, List<String> canonicalTexts) {
    return "SELECT /*+ NO_MERGE(hashes) */ COUNT(*),COUNT(h),BIT_XOR(h),SUM(h) FROM (SELECT"
        + " CAST(CONV(LEFT("
        + rowDigest(canonicalTexts)
        + ",16),16,10) AS UNSIGNED) AS h FROM "
        + table.quoted()
        + ") AS hashes";
  }
}
