package io.obconnect.e2e;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns of many PostgreSQL types with one value each, and how stock Debezium writes that value
 * with the settings of connect-configs/postgres-source-debezium.json.
 */
final class PostgresTypes {
  /** What the types need, to be run in a new database. */
  static final List<String> PREREQUISITES =
      List.of(
          "CREATE EXTENSION hstore",
          "CREATE EXTENSION citext",
          "CREATE EXTENSION ltree",
          "CREATE TYPE mood AS ENUM ('sad', 'so so')",
          "CREATE DOMAIN positive AS int CHECK (value > 0)",
          "CREATE TYPE pair AS (a int, b text)");

  /** Types whose values arrive whole. */
  static final List<Case> KEPT =
      List.of(
          new Case("smallint", "-32768", "-32768"),
          new Case("integer", "-2147483648", "-2147483648"),
          new Case("bigint", "-9223372036854775808", "-9223372036854775808"),
          new Case("oid", "4294967295", "4294967295"),
          new Case("positive", "7", "7"),
          new Case("boolean", "true", "true"),
          new Case("real", "'-0'", "-0.0"),
          new Case("real", "'Infinity'", "'Infinity'"),
          new Case("double precision", "1e-300", "1.0E-300"),
          new Case("double precision", "'NaN'", "'NaN'"),
          // Decimals are the bytes of the number without its point; the scale is in the schema.
          new Case(
              "numeric(38,10)",
              "1234567890123456789012345678.0123456789",
              "'CUmw9vACMxPESZBOzGdFFQ=='"),
          new Case("money", "1234.56", "'AeJA'"),
          new Case("numeric", "0.00000000000000000000012300", "{'scale':24,'value':'ew=='}"),
          new Case("char(5)", "'a'", "'a    '"),
          new Case("varchar(10)", "'ünï😀'", "'ünï😀'"),
          new Case("text", "E'a\\nb'", "'a\\nb'"),
          new Case("citext", "'CaSe'", "'CaSe'"),
          new Case("name", "'n'", "'n'"),
          new Case("\"char\"", "'x'", "'x'"),
          new Case("bytea", "'\\x00ff'", "'AP8='"),
          new Case("bit(1)", "B'1'", "true"),
          // The first bit of the text is the last one of a number whose lowest byte comes first.
          new Case("bit(10)", "B'1000000001'", "'AQI='"),
          new Case("bit varying(12)", "B'101'", "'BQ=='"),
          new Case("date", "'2024-02-29'", "19782"),
          new Case("time", "'24:00:00'", "86400000000"),
          new Case("time(3)", "'23:59:59.999'", "86399999000"),
          new Case("timestamp", "'2024-02-29 12:34:56.123456'", "1709210096123456"),
          new Case("timestamp(3)", "'2024-02-29 12:34:56.123'", "1709210096123"),
          new Case("timestamp", "'0044-03-15 01:02:03 BC'", "-63517820277000000"),
          new Case("timestamp", "'infinity'", "9223372036825200000"),
          new Case(
              "timestamptz", "'2024-02-29 12:34:56.123456+02'", "'2024-02-29T10:34:56.123456Z'"),
          new Case("timestamptz", "'-infinity'", "'-infinity'"),
          new Case(
              "interval", "'1 year 2 mons -3 days 04:05:06.789012'", "'P1Y2M-3DT4H5M6.789012S'"),
          new Case(
              "uuid",
              "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
              "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
          new Case("json", "'{\"a\": 1.10, \"a\":2}'", "'{\\'a\\': 1.10, \\'a\\':2}'"),
          new Case(
              "jsonb", "'{\"a\": 1234567890123456789.10}'", "'{\\'a\\': 1234567890123456789.10}'"),
          new Case("xml", "'<a>1</a>'", "'<a>1</a>'"),
          new Case("hstore", "'a=>1,b=>NULL'", "'{\\'a\\':\\'1\\',\\'b\\':null}'"),
          new Case("ltree", "'a.b'", "'a.b'"),
          new Case("mood", "'so so'", "'so so'"),
          new Case("inet", "'::1/64'", "'::1/64'"),
          new Case("cidr", "'10.0.0.0/8'", "'10.0.0.0/8'"),
          new Case("macaddr", "'08:00:2b:01:02:03'", "'08:00:2b:01:02:03'"),
          new Case("macaddr8", "'08:00:2b:01:02:03:04:05'", "'08:00:2b:01:02:03:04:05'"),
          new Case("int4range", "'[1,5)'", "'[1,5)'"),
          new Case("numrange", "'[1.5,2.5)'", "'[1.5,2.5)'"),
          new Case("tsvector", "'a:1 b:2'", "'\\u0027a\\u0027:1 \\u0027b\\u0027:2'"),
          new Case(
              "point",
              "'(1.5,-2)'",
              "{'x':1.5,'y':-2.0,'wkb':'AQEAAAAAAAAAAAD4PwAAAAAAAADA','srid':null}"),
          // Types that Debezium does not know arrive as the bytes of their text.
          new Case("box", "'(1,2),(3,4)'", "'KDMuMCw0LjApLCgxLjAsMi4wKQ=='"),
          new Case("polygon", "'((1,2),(3,4))'", "'KCgxLjAsMi4wKSwoMy4wLDQuMCkp'"),
          new Case("int4multirange", "'{[1,5),[7,9)}'", "'e1sxLDUpLFs3LDkpfQ=='"),
          new Case("tsquery", "'a & b'", "'J2EnICYgJ2In'"),
          new Case("pair", "'(1,x)'", "'KDEseCk='"),
          new Case("int[]", "'{1,NULL,3}'", "[1,null,3]"),
          new Case("text[]", "'{a,NULL,\"b,c\"}'", "['a',null,'b,c']"),
          new Case("numeric(10,2)[]", "'{1.10,NULL}'", "['bg==',null]"),
          new Case("timestamp[]", "'{2024-01-01 00:00:00.000001}'", "[1704067200000001]"),
          new Case("bytea[]", "'{\"\\\\x01\"}'", "['AQ==']"),
          new Case("mood[]", "'{sad,\"so so\"}'", "['sad','so so']"));

  private PostgresTypes() {}

  /**
   * One column.
   *
   * @param literal of the value, in SQL
   * @param arrives as JSON, with single quotes for double ones
   */
  record Case(String type, String literal, String arrives) {
    String json() {
      return arrives.replace('\'', '"');
    }
  }

  /** The definition of a table with the key {@code id} and one column for each case. */
  static String definition(String table, List<Case> cases) {
    return IntStream.range(0, cases.size())
        .mapToObj(i -> column(i) + " " + cases.get(i).type())
        .collect(Collectors.joining(", ", "CREATE TABLE " + table + " (id INT PRIMARY KEY, ", ")"));
  }

  /** A statement that inserts all the values. */
  static String insert(String table, int id, List<Case> cases) {
    return cases.stream()
        .map(Case::literal)
        .collect(Collectors.joining(", ", "INSERT INTO " + table + " VALUES (" + id + ", ", ")"));
  }

  /** The name of a case's column. */
  static String column(int index) {
    return "c" + index;
  }
}
