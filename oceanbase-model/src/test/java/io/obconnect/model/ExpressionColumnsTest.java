package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionColumnsTest {

  /** An expression, and its columns between blanks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "((`total` > 0) and (`region` <> _utf8mb4'eu'))|total region",
        "lower(`c`)|c",
        "a is not null and not b or c xor d|a b c d",
        "A LIKE b ESCAPE c|A b c",
        "escape > 1|escape",
        "a sounds like b and c rlike d and e not regexp f|a b c d e f",
        "a between b and c and d not in (e, 'e', f)|a b c d e f",
        "case a when 1 then b else null end + end|a b end",
        "case when a then 'b' else c end|a c",
        "if(a, b, true) = ifnull(left, false)|a b left",
        "date > date '2020-01-01' and date(date) < current_date|date date",
        "cast(a as date) = cast(date as char charset utf8mb4)|a date",
        "cast(json_extract(`doc`,_utf8mb4'$.x') as unsigned array)|doc",
        "convert(a, date) + convert(date, signed) + convert(b using utf8mb4)|a date b",
        "a + interval day day > b - interval '1' month|a day b",
        "extract(year from year) + timestampdiff(day, day, month)|year day month",
        "year(`d`) * 100 + month(`d`)|d d",
        "doc->'$.a' = doc->>\"$.b\" and 1 member of (tags)|doc doc tags",
        "a collate utf8mb4_bin = b collate `utf8mb4_general_ci` and c|a b c",
        "shop.t.a + `t`.`b` + t.select + 1.5 + .5 + 1e5 + 0x1f|a b select",
        "trim(both 'x' from a) = substring(b from 2 for c)|a b c",
        "binary a = -b and !c and ~d|a b c d",
        "`abs`(a) = abs(`abs`)|a abs",
        "json_value(doc, '$.a' returning decimal(4,2) null on empty error on error) > a|doc a",
        "timestamp '2020-01-01 00:00:00' < ts and b'1' = n'x' and _binary 0x01 = bin|ts bin",
        "`select` + `interval` + `null`|select interval null",
        "CURRENT_TIMESTAMP(3)|~~",
        "(uuid())|~~",
      })
  void columnsAreFound(String sql, String columns) {
    List<SqlToken> tokens = SqlScanner.scan(sql);
    List<String> found =
        ExpressionColumns.of(tokens).stream().map(i -> tokens.get(i).text()).toList();
    assertEquals(columns, String.join(" ", found));
  }
}
