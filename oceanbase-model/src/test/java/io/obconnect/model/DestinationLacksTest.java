package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationLacksTest {
  private static final List<String> OF_OCEANBASE =
      DestinationLacks.of(Profiles.OCEANBASE, ConversionOptions.full());

  private static final String RANGES =
      "create table t (id int primary key, a int, v int as (a + 1), key k (v)) partition by range"
          + " (id) (partition p0 values less than (1))";
  private static final String HASHES =
      "create table h (id int primary key) partition by hash (id) (partition p0, partition p1)";

  private static DdlStatement parse(String sql) {
    return new DdlParser().parse(sql, "shop").get(0);
  }

  private static TableDefinition table(String sql) {
    return ((DdlStatement.CreateTable) parse(sql)).table();
  }

  /** What the conversion of a statement says of it. */
  private static String remarks(String sql, DestinationProfile profile) {
    if (parse(sql) instanceof DdlStatement.CreateTable create) {
      ConversionResult result =
          SchemaConverter.convert(create.table(), profile, ConversionOptions.full());
      return result instanceof ConversionResult.Converted converted
          ? converted.rewrites().toString()
          : result.toString();
    }
    Map<TableId, TableDefinition> current =
        Map.of(table(RANGES).id(), table(RANGES), table(HASHES).id(), table(HASHES));
    ChangeResult result =
        new ChangeConverter(
                profile, ConversionOptions.full(), id -> Optional.ofNullable(current.get(id)))
            .convert(parse(sql));
    return result instanceof ChangeResult.Converted converted
        ? converted.rewrites().toString()
        : result.toString();
  }

  /** Whatever is said to be lacking, the conversion remarks on, and only for OceanBase. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "descending|create table s (a int, key k (a desc))|upwards",
        "prefixes|create table s (a varchar(9) charset binary, primary key (a(3)))|prefix",
        "defaults|create table s (a json default ('{}'))|has no defaults",
        "computed from|create table s (a int, b int as (a), c int as (b))|computes nothing",
        "vectors|create table s (a vector(16001))|dimensions",
        "changes of computed|alter table t modify v int|changes no generated column",
        "LINEAR|create table s (a int) partition by linear hash (a) partitions 2|no such attribute",
        "REORGANIZE|alter table t reorganize partition p0 into (partition p1 values less than (1))"
            + "|rearranges",
        "added by number|alter table h add partition partitions 2|rearranges",
        "EXCHANGE|alter table h exchange partition p0 with table x|ranges only",
        "INVOKER|create sql security invoker view w as select 1|maker's rights",
      })
  void whatOceanBaseLacksIsHeededByTheConversion(String lack, String sql, String remark) {
    assertTrue(OF_OCEANBASE.stream().anyMatch(each -> each.contains(lack)), lack);
    assertTrue(remarks(sql, Profiles.OCEANBASE).contains(remark), remarks(sql, Profiles.OCEANBASE));
    assertTrue(!remarks(sql, Profiles.MYSQL).contains(remark), remarks(sql, Profiles.MYSQL));
  }

  @Test
  void namesAndPlaces() {
    assertEquals(
        List.of(
            "table names told apart by case",
            "spatial reference systems (columns with SRID are refused)"),
        OF_OCEANBASE.subList(0, 2));
  }

  @Test
  void textsAreMappedAsTheConversionMapsThem() {
    List<String> texts =
        OF_OCEANBASE.stream().filter(each -> each.matches("(character|collation).*")).toList();
    assertEquals(2, texts.size(), texts::toString);
    assertTrue(texts.get(0).matches("character sets armscii8, .*, utf8mb3 \\(utf8mb4\\)"));
    assertEquals(
        "collation utf8mb4_0900_ai_ci (utf8mb4_general_ci, in keys utf8mb4_bin)", texts.get(1));
  }

  @Test
  void whatTheUserMapsIsHeeded() {
    ConversionOptions options =
        ConversionOptions.full()
            .withText(
                Map.of("latin1", "binary"), Map.of("utf8mb4_0900_ai_ci", "utf8mb4_general_ci"));
    List<String> lacks = DestinationLacks.of(Profiles.OCEANBASE, options);
    assertTrue(lacks.contains("character sets latin1 (binary)"), lacks::toString);
    assertTrue(
        lacks.contains(
            "collation utf8mb4_0900_ai_ci (utf8mb4_general_ci, in keys utf8mb4_general_ci)"),
        lacks::toString);
  }

  @Test
  void mySqlLacksOnlyTheCharacterSetsThatItDoesNotShow() {
    Stream<String> lacks =
        DestinationLacks.of(Profiles.MYSQL, ConversionOptions.full()).stream()
            .filter(each -> !each.startsWith("character sets "));
    assertEquals(List.of(), lacks.toList());
  }
}
