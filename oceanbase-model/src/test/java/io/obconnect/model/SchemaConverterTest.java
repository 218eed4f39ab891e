package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaConverterTest {

  private static final String WIDE_WITHOUT_SRID = ServerTexts.WIDE.replace("SRID 4326", "SRID 0");

  private static TableDefinition table(String sql) {
    DdlStatement statement = new DdlParser().parse(sql, "shop").get(0);
    return assertInstanceOf(DdlStatement.CreateTable.class, statement, statement::toString).table();
  }

  private static ConversionResult.Converted toOceanBase(String sql) {
    return converted(sql, Profiles.OCEANBASE);
  }

  private static ConversionResult.Converted converted(String sql, DestinationProfile profile) {
    ConversionResult result = SchemaConverter.convert(table(sql), profile);
    return assertInstanceOf(ConversionResult.Converted.class, result, result::toString);
  }

  private static List<String> refused(String sql, DestinationProfile profile) {
    ConversionResult result = SchemaConverter.convert(table(sql), profile);
    return assertInstanceOf(ConversionResult.Refused.class, result).reasons();
  }

  private static void assertRewritten(ConversionResult.Converted result, String text) {
    assertTrue(
        result.rewrites().stream().anyMatch(r -> r.toString().contains(text)),
        () -> text + " not in " + result.rewrites());
  }

  @Test
  void rewriteReadsAsASentence() {
    ConversionResult.Converted result =
        toOceanBase(
            "create table t (a int primary key, `c` varchar(9) collate utf8mb4_0900_ai_ci)"
                + " charset utf8mb4 collate utf8mb4_bin");
    assertEquals(
        List.of(
            "column `c`: collation utf8mb4_0900_ai_ci -> utf8mb4_general_ci (the destination has"
                + " no utf8mb4_0900_ai_ci; sort order and equality differ)"),
        result.rewrites().stream().map(Rewrite::toString).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "utf8mb4_0900_ai_ci,utf8mb4_general_ci",
    "utf8mb4_0900_as_ci,utf8mb4_general_ci",
    "utf8mb4_unicode_ci,utf8mb4_general_ci",
    "utf8mb4_0900_as_cs,utf8mb4_bin",
    "utf8mb4_0900_bin,utf8mb4_bin",
    "utf8mb4_bin,utf8mb4_bin",
    "latin1_swedish_ci,utf8mb4_general_ci",
    "latin1_general_cs,utf8mb4_bin",
    "latin1_bin,utf8mb4_bin",
    "utf8mb3_general_ci,utf8mb4_general_ci",
    "gbk_chinese_ci,utf8mb4_general_ci",
  })
  void missingCollationsBecomeTheNearest(String from, String to) {
    ConversionResult.Converted result =
        toOceanBase("create table t (a varchar(9)) collate " + from);
    assertEquals(Optional.of(to), result.table().options().collation());
    assertEquals(Optional.of("utf8mb4"), result.table().options().charset());
  }

  @Test
  void availableCollationsStay() {
    ConversionResult.Converted result = converted(ServerTexts.GBK, Profiles.MYSQL);
    assertEquals(Optional.of("gbk"), result.table().options().charset());
    assertEquals(List.of(), result.rewrites());
  }

  private static String textType(ConversionResult.Converted result, String column) {
    ColumnType type = result.table().column(column).orElseThrow().type();
    return type.charset().orElse("inherited") + " " + type.collation().orElse("inherited");
  }

  @Test
  void similarCollationNeverMergesKeys() {
    ConversionResult.Converted result =
        toOceanBase(
            "create table t (a varchar(9) collate utf8mb4_0900_ai_ci primary key, b varchar(9)"
                + " collate utf8mb4_unicode_ci unique, c varchar(9) collate utf8mb4_unicode_ci, d"
                + " text charset latin1, unique key v (d(5))) collate utf8mb4_bin");
    assertEquals("utf8mb4 utf8mb4_bin", textType(result, "a"));
    assertEquals("utf8mb4 utf8mb4_bin", textType(result, "b"));
    assertEquals("utf8mb4 utf8mb4_general_ci", textType(result, "c"), "in no key");
    assertEquals("utf8mb4 utf8mb4_bin", textType(result, "d"));
    assertRewritten(result, "column `d`: default collation of latin1 -> utf8mb4_bin");
  }

  @Test
  void keysThatInheritASimilarCollationGetTheirOwn() {
    ConversionResult.Converted result =
        toOceanBase(
            "create table t (a varchar(9) primary key, b varchar(9), c varchar(9), d int, unique"
                + " key u (d, B), key k (c)) charset utf8mb4 collate utf8mb4_0900_ai_ci");
    assertEquals("utf8mb4 utf8mb4_bin", textType(result, "a"));
    assertEquals("utf8mb4 utf8mb4_bin", textType(result, "b"), "second part of the key");
    assertEquals("inherited inherited", textType(result, "c"), "in no unique key");
    assertEquals(Optional.of("utf8mb4_general_ci"), result.table().options().collation());
    assertEquals(
        "column `a`: inherited collation utf8mb4_0900_ai_ci -> utf8mb4_bin (the destination has no"
            + " utf8mb4_0900_ai_ci; only a binary one keeps apart all values of primary key that"
            + " the source keeps apart; comparisons of the column become case- and"
            + " accent-sensitive; trailing blanks no longer count in comparisons: keys that differ"
            + " only by them collide)",
        result.rewrites().get(1).toString());
  }

  @Test
  void keysWithoutANamedCollationAreKeptApart() {
    String columns = "(a varchar(9) charset gbk unique, b varchar(9) unique)";
    ConversionResult.Converted result = toOceanBase("create table t " + columns + " charset gbk");
    assertRewritten(result, "column `a`: default collation of gbk -> utf8mb4_bin");
    assertRewritten(result, "column `b`: inherited default collation of gbk -> utf8mb4_bin");
    assertEquals("utf8mb4 utf8mb4_bin", textType(result, "b"));
    ConversionResult.Converted bare = toOceanBase("create table t " + columns);
    assertRewritten(bare, "column `b`: inherited collation -> utf8mb4_bin");
    ConversionResult.Converted mysql =
        converted("create table t (b varchar(9) unique) charset utf8mb4", Profiles.MYSQL);
    assertEquals("inherited inherited", textType(mysql, "b"));
  }

  @Test
  void keysWhoseCollationIsAvailableStay() {
    ConversionResult.Converted result =
        toOceanBase(
            "create table t (a varchar(9) charset utf8mb4 collate utf8mb4_general_ci primary key, b"
                + " varchar(9) unique) collate utf8mb4_general_ci");
    assertEquals("utf8mb4 utf8mb4_general_ci", textType(result, "a"));
    assertEquals("inherited inherited", textType(result, "b"));
    assertEquals(List.of(), result.rewrites());
    ConversionResult.Converted bytes =
        toOceanBase("create table t (a enum('x') primary key) charset binary");
    assertEquals("inherited inherited", textType(bytes, "a"), "a single collation");
    assertEquals(List.of(), bytes.rewrites());
  }

  @Test
  void trailingBlanksCountWhereTheDestinationCan() {
    String padded = "create table t (a varchar(9) primary key) collate latin1_danish_ci";
    String unpadded = "create table t (a varchar(9) primary key) collate utf8mb4_ja_0900_as_cs";
    assertEquals("utf8mb4 utf8mb4_0900_bin", textType(converted(unpadded, Profiles.MYSQL), "a"));
    assertEquals("latin1 latin1_bin", textType(converted(padded, Profiles.MYSQL), "a"));
    assertRewritten(toOceanBase(unpadded), "sort order differs; trailing blanks no longer count");
    assertFalse(toOceanBase(padded).rewrites().toString().contains("trailing"));
  }

  @Test
  void narrowTextsGrowWithTheirCharacterSet() {
    ConversionResult.Converted result =
        toOceanBase(
            "create table t (id int primary key, a text, b tinytext charset gbk, c text charset"
                + " utf8mb3, d longtext) charset latin1");
    assertEquals(
        List.of("int", "mediumtext", "text", "text", "longtext"),
        result.table().columns().stream().map(c -> c.type().name()).toList());
  }

  @Test
  void keysThatNoLongerFitAreRefusedOrLeftOut() {
    String columns = "a varchar(3000), b varchar(3000)";
    List<String> reasons =
        refused(
            "create table t (" + columns + ", unique key u (a, b)) charset latin1",
            Profiles.OCEANBASE);
    assertEquals(1, reasons.size());
    assertTrue(reasons.get(0).contains("index `u` takes up to 24000 bytes"), reasons::toString);
    ConversionResult.Converted result =
        toOceanBase("create table t (" + columns + ", key k (a, b)) charset latin1");
    assertEquals(List.of(), result.table().indexes());
    assertRewritten(result, "index `k`: KEY is left out");
  }

  @Test
  void rowsThatNoLongerFitMySqlAreRefused() {
    List<String> reasons =
        refused("create table t (a varchar(30000)) charset big5", Profiles.MYSQL);
    assertTrue(reasons.get(0).contains("120000 bytes"), reasons::toString);
    toOceanBase("create table t (a varchar(30000)) charset big5");
  }

  @Test
  void tableWithoutACharacterSetGetsAnExplicitOne() {
    ConversionResult.Converted result = toOceanBase("create table t (a varchar(9))");
    assertEquals(Optional.of("utf8mb4"), result.table().options().charset());
    assertEquals(Optional.of("utf8mb4_general_ci"), result.table().options().collation());
    assertEquals(Rewrite.Kind.MAPPED, result.rewrites().get(0).kind());
  }

  @Test
  void wideTableLosesNothingWithoutARecord() {
    ConversionResult.Converted result = toOceanBase(WIDE_WITHOUT_SRID);
    List<String> objects =
        result.rewrites().stream().map(r -> r.kind() + " " + r.object() + ": " + r.from()).toList();
    assertEquals(
        List.of(
            "MAPPED table: collation utf8mb4_0900_ai_ci",
            "ROUTINE_OPTION table: ENGINE=InnoDB",
            "ROUTINE_OPTION table: STATS_PERSISTENT=1",
            "ROUTINE_OPTION table: ROW_FORMAT=DYNAMIC",
            "MAPPED column `we``ird`: character set latin1",
            "MAPPED column `we``ird`: collation latin1_swedish_ci",
            "MAPPED column `c`: inherited collation utf8mb4_0900_ai_ci",
            "NOT_CARRIED_OVER column `j`: DEFAULT (json_array())",
            "NOT_CARRIED_OVER column `v`: GENERATED ALWAYS AS ((`z` * 2)) VIRTUAL",
            "NOT_CARRIED_OVER column `st`: GENERATED ALWAYS AS (length(`c`)) STORED",
            "NOT_CARRIED_OVER index `uk`: UNIQUE KEY",
            "NOT_CARRIED_OVER index `sp`: SPATIAL KEY",
            "NOT_CARRIED_OVER index `k3`: KEY",
            "NOT_CARRIED_OVER index `ft`: FULLTEXT KEY",
            "NOT_CARRIED_OVER check `ck`: CHECK ((`n` > 0))",
            "NOT_CARRIED_OVER check `ck2`: CHECK ((`c` <> _utf8mb4'q')) NOT ENFORCED"),
        objects);
  }

  @Test
  void wideTableKeepsWhatOceanBaseUnderstands() {
    TableDefinition table = toOceanBase(WIDE_WITHOUT_SRID).table();
    assertTrue(table.column("inv").orElseThrow().invisible());
    assertEquals(
        "(uuid())", table.column("u").orElseThrow().defaultValue().render(), "expression default");
    assertEquals(Optional.empty(), table.column("st").orElseThrow().generated());
    assertFalse(table.column("st").orElseThrow().nullable());
    assertEquals(1000, table.options().autoIncrement().orElseThrow());
    assertEquals("tbl; com", table.options().comment());
    IndexDefinition hidden = table.indexes().get(2);
    assertEquals("k4", hidden.name());
    assertTrue(hidden.invisible());
  }

  @Test
  void mySqlKeepsOrderOptionsAndDefaults() {
    ConversionResult.Converted result = converted(ServerTexts.WIDE, Profiles.MYSQL);
    assertTrue(
        result.rewrites().stream().allMatch(r -> r.kind() == Rewrite.Kind.NOT_CARRIED_OVER),
        result.rewrites()::toString);
    TableDefinition table = result.table();
    assertEquals(
        List.of("ENGINE", "STATS_PERSISTENT", "ROW_FORMAT"),
        List.copyOf(table.options().others().keySet()));
    assertTrue(table.uniqueIndexes().get(0).parts().get(1).descending());
    assertEquals(OptionalInt.of(4326), table.column("g").orElseThrow().type().srid());
  }

  @Test
  void partitionsAndForeignKeysAreRecorded() {
    assertRewritten(toOceanBase(ServerTexts.PARTITIONED), "PARTITION BY RANGE");
    ConversionResult.Converted child = toOceanBase(ServerTexts.CHILD);
    assertRewritten(child, "foreign key `fk1`: FOREIGN KEY (`a`)");
    assertEquals(List.of(), child.table().foreignKeys());
  }

  @ParameterizedTest
  @CsvSource({
    "on delete cascade,on delete cascade",
    "on delete restrict on  update Set  Null,on delete restrict on update Set Null",
    "match full on update cascade,match full on update cascade",
  })
  void cascadesThatTheSinkDoesNotSetOffAreNoted(String rules, String noted) {
    String notes = foreignKeyNotes(rules);
    assertTrue(
        notes.contains("foreign key `t_ibfk_1`: " + noted + " -> not set off by the sink's"),
        notes);
  }

  @ParameterizedTest
  @CsvSource({"''", "on delete restrict", "on update no action on delete set default"})
  void foreignKeysWithoutCascadesNeedNoNote(String rules) {
    assertEquals("[]", foreignKeyNotes(rules));
  }

  private static String foreignKeyNotes(String rules) {
    ConversionResult result =
        SchemaConverter.convert(
            table("create table t (a int references p (id) " + rules + ") collate utf8mb4_bin"),
            Profiles.OCEANBASE,
            ConversionOptions.full());
    return assertInstanceOf(ConversionResult.Converted.class, result).rewrites().toString();
  }

  @Test
  void primaryKeyOfAPrefixBecomesTheWholeColumn() {
    ConversionResult.Converted result =
        toOceanBase("create table t (a varchar(20), primary key (a(10) desc)) charset utf8mb4");
    assertEquals(
        List.of(new IndexPart.Column("a", OptionalInt.empty(), false)),
        result.table().primaryKey().orElseThrow().parts());
    assertRewritten(result, "primary key: `a`(10) DESC -> `a`");
    assertEquals(
        1, refused("create table t (a text, primary key (a(10)))", Profiles.OCEANBASE).size());
  }

  @Test
  void descendingPartsOfIndexesBecomeAscending() {
    ConversionResult.Converted result =
        toOceanBase("create table t (a int, b varchar(9), unique key u (b(3) desc, a desc))");
    assertEquals(
        List.of(
            new IndexPart.Column("b", OptionalInt.of(3), false),
            new IndexPart.Column("a", OptionalInt.empty(), false)),
        result.table().indexes().get(0).parts());
    assertRewritten(result, "index `u`: `a` DESC is left out");
  }

  @Test
  void tableWhoseRowsWouldAllBeRefusedForTheirSridIsRefusedItself() {
    String sql = "create table t (a int primary key, g point not null srid ";
    List<String> reasons = refused(sql + "4326)", Profiles.OCEANBASE);
    assertEquals(
        List.of(
            "column `g`: the destination has no spatial reference systems; it refuses the attribute"
                + " SRID 4326 (error 3548) and every value that carries it (error 1416)"),
        reasons);
    assertEquals(
        OptionalInt.of(0), toOceanBase(sql + "0)").table().column("g").orElseThrow().type().srid());
    assertEquals(
        OptionalInt.of(4326),
        converted(sql + "4326)", Profiles.MYSQL).table().column("g").orElseThrow().type().srid());
  }

  @Test
  void vectorsThatAreTooLongAreRefused() {
    toOceanBase("create table t (a vector(16000))");
    assertEquals(1, refused("create table t (a vector(16001))", Profiles.OCEANBASE).size());
  }

  @Test
  void indexesUseWhatOceanBaseHas() {
    ConversionResult.Converted result =
        toOceanBase(
            "create table t (a int, key k (a) using hash, key l (a) using btree key_block_size=8)");
    assertTrue(result.table().indexes().stream().allMatch(index -> index.options().isEmpty()));
    assertRewritten(result, "index `k`: USING HASH is left out");
    assertRewritten(result, "index `l`: KEY_BLOCK_SIZE 8 is left out");
  }

  @Test
  void columnOptionsAreRecorded() {
    assertRewritten(
        toOceanBase("create table t (a int column_format fixed storage disk)"),
        "column `a`: COLUMN_FORMAT fixed is left out");
  }

  @Test
  void passwordOfAFederatedTableIsNotShown() {
    String sql = "create table t (a int) engine=federated connection='mysql://u:secret@h/d/t'";
    for (DestinationProfile profile : List.of(Profiles.OCEANBASE, Profiles.MYSQL)) {
      ConversionResult.Converted result = converted(sql, profile);
      assertFalse(result.rewrites().toString().contains("secret"));
      assertFalse(result.table().options().others().containsKey("CONNECTION"));
    }
  }

  @Test
  void namesThatDifferOnlyByCaseAreNoted() {
    assertRewritten(
        toOceanBase("create table `Orders` (a int)"), "table: name shop.Orders -> shop.orders");
  }

  @Test
  void tableWithoutAPrimaryKeyIsConvertedForTheCallerToJudge() {
    assertEquals(Optional.empty(), toOceanBase("create table t (a int)").table().primaryKey());
  }

  @Test
  void databaseGetsWhatTheDestinationHas() {
    DdlStatement.CreateDatabase source =
        new DdlStatement.CreateDatabase(
            "d",
            Optional.of("utf8mb4"),
            Optional.of("utf8mb4_0900_ai_ci"),
            Map.of("ENCRYPTION", "'N'"),
            true);
    SchemaConverter.ConvertedDatabase result =
        SchemaConverter.convertDatabase(source, Profiles.OCEANBASE);
    assertEquals(Optional.of("utf8mb4_general_ci"), result.database().collation());
    assertEquals(2, result.rewrites().size());
    DdlStatement.CreateDatabase bare =
        new DdlStatement.CreateDatabase("d", Optional.empty(), Optional.empty(), Map.of(), true);
    assertEquals(
        Optional.of("utf8mb4"),
        SchemaConverter.convertDatabase(bare, Profiles.OCEANBASE).database().charset());
  }

  @Test
  void conversionOfAConvertedTableChangesNothing() {
    TableDefinition once = toOceanBase(WIDE_WITHOUT_SRID).table();
    ConversionResult.Converted twice =
        assertInstanceOf(
            ConversionResult.Converted.class, SchemaConverter.convert(once, Profiles.OCEANBASE));
    assertEquals(once, twice.table());
    assertEquals(List.of(), twice.rewrites());
  }
}
