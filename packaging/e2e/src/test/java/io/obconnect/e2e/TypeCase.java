package io.obconnect.e2e;

import java.util.List;
import java.util.Locale;

/**
 * One column type with values at its edges.
 *
 * @param type as in CREATE TABLE
 * @param values SQL literals
 * @param reading SQL over column {@code v} whose text is byte-exact and the same on both engines
 */
record TypeCase(String table, String type, List<String> values, String reading) {

  private static final String TEXT = "HEX(CONVERT(v USING utf8mb4))";
  private static final String BYTES = "HEX(v)";
  private static final String PLAIN = "CAST(v AS CHAR)";
  // The eight bytes of the double: its text is not canonical, neither engine prints all digits of
  // every number.
  private static final String DOUBLE = "SUBSTR(HEX(POINT(v+0e0,0)),19,16)";
  private static final String NUMBER = "v+0";

  static final List<TypeCase> EXACT =
      List.of(
          of("t_tiny", "TINYINT", PLAIN, "-128", "127", "0", "NULL"),
          of("t_utiny", "TINYINT UNSIGNED", PLAIN, "255", "0", "NULL"),
          of("t_small", "SMALLINT", PLAIN, "-32768", "32767"),
          of("t_usmall", "SMALLINT UNSIGNED", PLAIN, "65535"),
          of("t_medium", "MEDIUMINT", PLAIN, "-8388608", "8388607"),
          of("t_umedium", "MEDIUMINT UNSIGNED", PLAIN, "16777215"),
          of("t_int", "INT", PLAIN, "-2147483648", "2147483647"),
          of("t_uint", "INT UNSIGNED", PLAIN, "4294967295"),
          of("t_big", "BIGINT", PLAIN, "-9223372036854775808", "9223372036854775807"),
          of(
              "t_ubig",
              "BIGINT UNSIGNED",
              PLAIN,
              "18446744073709551615",
              "9223372036854775808",
              "0"),
          of("t_bool", "BOOLEAN", PLAIN, "TRUE", "FALSE", "NULL"),
          of("t_zerofill", "INT(5) ZEROFILL", NUMBER, "42", "0"),
          of(
              "t_decimal",
              "DECIMAL(65,30)",
              PLAIN,
              "99999999999999999999999999999999999.999999999999999999999999999999",
              "-99999999999999999999999999999999999.999999999999999999999999999999",
              "0.000000000000000000000000000001",
              "0",
              "NULL"),
          of("t_decimal0", "DECIMAL(20,0)", PLAIN, "12345678901234567890", "-1"),
          of(
              "t_float",
              "FLOAT",
              DOUBLE,
              // Six digits: the snapshot of stock Debezium reads no more, see TypeLoss.
              "0.1",
              "-0.1",
              "1.5",
              "-123456",
              "1E20",
              "NULL"),
          of(
              "t_double",
              "DOUBLE",
              DOUBLE,
              "1.7976931348623157E308",
              "-1.7976931348623157E308",
              "2.2250738585072014E-308",
              "0.1",
              "3.141592653589793",
              "-1.9670239686965942",
              "1E23"),
          of("t_bit1", "BIT(1)", NUMBER, "b'0'", "b'1'", "NULL"),
          of("t_bit9", "BIT(9)", NUMBER, "b'0'", "b'111111111'", "b'100000001'"),
          of("t_bit63", "BIT(63)", NUMBER, "9223372036854775807", "1"),
          of("t_bit64", "BIT(64)", NUMBER, "18446744073709551615", "0", "9223372036854775808"),
          of(
              "t_char",
              "CHAR(20)",
              TEXT,
              "'emoji 🙂 ok'",
              "''",
              "'x'",
              "'ends in blanks  '",
              "NULL"),
          of(
              "t_varchar",
              "VARCHAR(300)",
              TEXT,
              "'trailing  '",
              "'  leading'",
              "''",
              "'quote '' double \" back \\\\ tick ` percent % under _'",
              "'line\\nfeed\\r\\ttab\\0nul\\Zsub'",
              "'汉字 🙂 ñ ß é'",
              "'NULL'",
              "'{\"op\":\"d\"}'",
              "'-- comment /* */ ; DROP TABLE x'",
              "NULL"),
          of("t_text", "TEXT", TEXT, "REPEAT('long 文 ', 5000)", "''", "NULL"),
          of("t_longtext", "LONGTEXT", TEXT, "REPEAT('0123456789', 60000)", "'\\\\'"),
          of(
              "t_binary",
              "BINARY(6)",
              BYTES,
              "x'000102'",
              "x'ff00ff00ff00'",
              "x'000000000000'",
              "NULL"),
          of(
              "t_varbinary",
              "VARBINARY(300)",
              BYTES,
              allBytes(),
              "x''",
              "x'00'",
              "x'5c27005c'",
              "NULL"),
          of("t_blob", "BLOB", BYTES, allBytes(), "x''", "NULL"),
          of("t_longblob", "LONGBLOB", BYTES, "REPEAT(x'00ff27', 100000)"),
          of(
              "t_date",
              "DATE",
              PLAIN,
              "'1000-01-01'",
              "'9999-12-31'",
              "'2024-02-29'",
              "'1582-10-10'",
              "NULL"),
          of(
              "t_time",
              "TIME",
              PLAIN,
              "'838:59:59'",
              "'-838:59:59'",
              "'00:00:00'",
              "'-00:00:01'",
              "NULL"),
          of(
              "t_time6",
              "TIME(6)",
              PLAIN,
              "'12:34:56.789012'",
              "'-00:00:00.000001'",
              "'100:00:00.500000'",
              "'-837:59:59.999999'"),
          of("t_time3", "TIME(3)", PLAIN, "'-01:02:03.004'", "'23:59:59.999'"),
          of(
              "t_datetime",
              "DATETIME",
              PLAIN,
              "'1000-01-01 00:00:00'",
              "'9999-12-31 23:59:59'",
              "'2024-03-10 02:30:00'",
              "'1969-12-31 23:59:59'",
              "NULL"),
          of(
              "t_datetime3",
              "DATETIME(3)",
              PLAIN,
              "'1969-12-31 23:59:59.999'",
              "'2024-10-27 02:30:00.001'"),
          of(
              "t_datetime6",
              "DATETIME(6)",
              PLAIN,
              "'9999-12-31 23:59:59.999999'",
              "'1000-01-01 00:00:00.000001'",
              "'2038-01-19 03:14:08.000001'"),
          of(
              "t_timestamp",
              "TIMESTAMP NULL",
              PLAIN,
              "'1970-01-01 00:00:01'",
              "'2038-01-19 03:14:07'",
              // Either side of the hours that daylight saving time skips and repeats in New York
              // and Berlin.
              "'2024-03-10 06:59:59'",
              "'2024-03-10 07:00:00'",
              "'2024-11-03 05:30:00'",
              "'2024-11-03 06:30:00'",
              "'2024-03-31 00:59:59'",
              "'2024-03-31 01:00:00'",
              "'2024-10-27 00:30:00'",
              "'2024-10-27 01:30:00'",
              "NULL"),
          of(
              "t_timestamp6",
              "TIMESTAMP(6) NULL",
              PLAIN,
              "'1970-01-01 00:00:01.000001'",
              "'2038-01-19 03:14:07.499999'",
              "'2024-10-27 00:30:00.100000'"),
          of("t_year", "YEAR", PLAIN, "1901", "2155", "2024", "NULL"),
          of(
              "t_enum",
              "ENUM('a','B c','it''s','汉')",
              TEXT,
              "'a'",
              "'B c'",
              "'it''s'",
              "'汉'",
              "NULL"),
          of("t_set", "SET('a','b','c d','汉')", TEXT, "'a'", "'a,c d,汉'", "''", "NULL"),
          of(
              "t_json",
              "JSON",
              PLAIN,
              "'{}'",
              "'[]'",
              "'null'",
              "'\"text with \\\\\"quotes\\\\\" and 汉字 🙂\"'",
              "'[1, -1, 9223372036854775807, 18446744073709551615, 1.25, -0.5, true, false, null]'",
              "'[-1.9670239686965942, 0.1, 1.7976931348623157e308]'",
              "'{\"nested\": {\"a\": [{\"b\": {}}]}, \"empty\": \"\", \"esc\": \"\\\\n\\\\t\\\\\\\\\"}'",
              "NULL"),
          of(
              "t_geometry",
              "GEOMETRY",
              BYTES,
              "ST_GeomFromText('POINT(1.5 -2.25)')",
              "ST_GeomFromText('LINESTRING(0 0, 1 1, 2 0)')",
              "ST_GeomFromText('POLYGON((0 0, 4 0, 4 4, 0 0))')",
              "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 0, 1 1))')",
              "NULL"),
          of("t_point", "POINT", BYTES, "POINT(0.1, 1E300)", "NULL"),
          of("t_latin1", "VARCHAR(40) CHARACTER SET latin1", TEXT, "'Zürich ÿ'", "''"),
          of("t_gbk", "VARCHAR(40) CHARACTER SET gbk", TEXT, "'汉字'", "'x'"),
          of("t_default_int", "INT DEFAULT 5", PLAIN, "NULL", "5", "6"),
          of("t_default_text", "VARCHAR(20) DEFAULT 'preset'", TEXT, "NULL", "'preset'", "''"),
          of(
              "t_default_time",
              "TIMESTAMP(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)",
              PLAIN,
              "NULL",
              "'2020-01-01 00:00:00.123'"));

  private static TypeCase of(String table, String type, String reading, String... values) {
    return new TypeCase(table, type, List.of(values), reading);
  }

  private static String allBytes() {
    StringBuilder hex = new StringBuilder("x'");
    for (int i = 0; i < 256; i++) {
      hex.append(String.format(Locale.ROOT, "%02x", i));
    }
    return hex.append("'").toString();
  }
}
