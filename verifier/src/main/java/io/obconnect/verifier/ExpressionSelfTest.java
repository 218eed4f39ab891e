package io.obconnect.verifier;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the canonical expressions for known literals on both engines before they are used on
 * data. A kind whose text differs, or that an engine cannot evaluate, must not be compared by text:
 * equal rows would look different.
 */
final class ExpressionSelfTest {

  private static final Logger LOG = LoggerFactory.getLogger(ExpressionSelfTest.class);

  private ExpressionSelfTest() {}

  /** The kinds of {@code kinds} that this pair of engines does not write in the same way. */
  static Set<ColumnKind> unreliableKinds(
      EngineSession source, EngineSession destination, Set<ColumnKind> kinds) throws SQLException {
    Set<ColumnKind> unreliable = EnumSet.noneOf(ColumnKind.class);
    for (ColumnKind kind : kinds) {
      if (!corpus(kind).isEmpty() && !agree(source, destination, kind)) {
        unreliable.add(kind);
      }
    }
    return unreliable;
  }

  private static boolean agree(EngineSession source, EngineSession destination, ColumnKind kind)
      throws SQLException {
    List<String> expressions =
        corpus(kind).stream()
            .flatMap(
                value -> Stream.of(rowText(kind, value, 0), rowText(kind, value, Long.MAX_VALUE)))
            .toList();
    Optional<List<String>> expected = evaluate(source, kind, expressions);
    Optional<List<String>> actual = evaluate(destination, kind, expressions);
    boolean agree = expected.isPresent() && expected.equals(actual);
    if (!agree) {
      LOG.warn("{} literals: source {}, destination {}", kind, expected, actual);
    }
    return agree;
  }

  private static String rowText(ColumnKind kind, String value, long octets) {
    String text = ChecksumExpression.canonicalText("(" + value + ")", kind, false, octets);
    return ChecksumExpression.rowText(List.of(text));
  }

  private static Optional<List<String>> evaluate(
      EngineSession session, ColumnKind kind, List<String> expressions) throws SQLException {
    try {
      return Optional.of(session.evaluate(expressions));
    } catch (SQLException e) {
      String state = e.getSQLState();
      if (state != null && state.startsWith("08")) {
        throw e;
      }
      LOG.warn("An engine cannot evaluate the expression of {}: {}", kind, e.getMessage());
      return Optional.empty();
    }
  }

  /** SQL literals of a kind, valid on MySQL and OceanBase; empty for an unsupported kind. */
  static List<String> corpus(ColumnKind kind) {
    return switch (kind) {
      case INTEGER -> List.of("18446744073709551615", "-9223372036854775808", "0");
      case DECIMAL ->
          List.of(
              "CAST('1.50' AS DECIMAL(20,4))",
              "CAST('-0.0001' AS DECIMAL(20,4))",
              "CAST('123456789012345678901234567890123456789012345.123456789' AS DECIMAL(54,9))");
      case FLOATING ->
          List.of(
              "1.7976931348623157e308",
              "4.9e-324",
              "-2.2250738585072014e-308",
              "9.999999747378752e-6",
              "-0e0",
              "1.0000000000000002e0");
      case YEAR -> List.of("CAST(2024 AS YEAR)");
      case BIT -> List.of("b'1011'");
      case BINARY -> List.of("x'00ff'", "CAST('' AS BINARY)", "x'4e'");
      case TEXT -> List.of("'a  '", "''", "'N|'", "'\u4e2d\u6587 \u20ac \ud83d\ude00'");
      case JSON ->
          List.of(
              "CAST('{\"b\":1,\"a\":[true,null,\"\u4e2d\\\\n\"],\"aa\":{},\"\":-5}' AS JSON)",
              "CAST('[1.5, 18446744073709551615, 1e2]' AS JSON)",
              "CAST('null' AS JSON)");
      case GEOMETRY -> List.of("POINT(1.5,-2.5)", "ST_GeomFromText('LINESTRING(0 0,1 1)')");
      case DATE -> List.of("CAST('2024-02-29' AS DATE)", "CAST('0000-00-00' AS DATE)");
      case DATETIME, TIMESTAMP ->
          List.of(
              "CAST('2024-01-02 03:04:05.123400' AS DATETIME(6))",
              "CAST('2024-01-02 03:04:05' AS DATETIME)",
              "CAST('0000-00-00' AS DATETIME(6))");
      case TIME -> List.of("CAST('-838:59:59' AS TIME)", "CAST('00:00:00.1' AS TIME(6))");
      case UNSUPPORTED -> List.of();
    };
  }
}
