package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DestinationProfile;
import io.obconnect.model.DestinationProfile.Engine;
import io.obconnect.model.TableDefinition;
import io.obconnect.model.TableRenderer;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DataDefinitionTest {
  private static final DestinationProfile OCEANBASE = profile(Engine.OCEANBASE);

  private static DestinationProfile profile(Engine engine) {
    return new DestinationProfile(engine, "", Map.of(), Map.of(), true, 1 << 24, false);
  }

  private static DataDefinition definition(Schema key, Schema row) {
    return new DataDefinition(Changes.TABLE, key, row, Changes.position(1));
  }

  private static SchemaBuilder of(SchemaBuilder builder, String type, int length) {
    return builder
        .parameter("__debezium.source.column.type", type)
        .parameter("__debezium.source.column.length", String.valueOf(length));
  }

  private static SchemaBuilder named(SchemaBuilder builder, String name) {
    return builder.name("io.debezium." + name);
  }

  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of(SchemaBuilder.int16(), "smallint"),
        Arguments.of(SchemaBuilder.int64(), "bigint"),
        Arguments.of(of(SchemaBuilder.int64(), "BIGINT UNSIGNED", 20), "bigint unsigned"),
        Arguments.of(SchemaBuilder.bool(), "tinyint(1)"),
        Arguments.of(of(SchemaBuilder.bool(), "BIT", 1), "bit(1)"),
        Arguments.of(SchemaBuilder.float32(), "float"),
        Arguments.of(
            Decimal.builder(10).parameter("connect.decimal.precision", "38"), "decimal(38,10)"),
        Arguments.of(of(Decimal.builder(2), "MONEY", 0), "decimal(19,2)"),
        Arguments.of(Decimal.builder(50).parameter("connect.decimal.precision", "100"), "longtext"),
        Arguments.of(named(SchemaBuilder.struct(), "data.VariableScaleDecimal"), "decimal(65,30)"),
        Arguments.of(of(SchemaBuilder.string(), "VARCHAR", 20), "varchar(20)"),
        Arguments.of(of(SchemaBuilder.string(), "BPCHAR", 5), "varchar(5)"),
        Arguments.of(of(SchemaBuilder.string(), "VARCHAR", 2_147_483_647), "longtext"),
        Arguments.of(SchemaBuilder.string(), "longtext"),
        Arguments.of(of(SchemaBuilder.bytes(), "BYTEA", 0), "longblob"),
        Arguments.of(of(SchemaBuilder.bytes(), "BOX", 0), "longtext"),
        Arguments.of(
            named(SchemaBuilder.bytes(), "data.Bits").parameter("length", "12"), "bit(12)"),
        Arguments.of(
            named(SchemaBuilder.bytes(), "data.Bits").parameter("length", "100"), "longblob"),
        Arguments.of(named(SchemaBuilder.int32(), "time.Date"), "date"),
        Arguments.of(named(SchemaBuilder.int64(), "time.MicroTime"), "time(6)"),
        Arguments.of(named(SchemaBuilder.int64(), "time.Timestamp"), "datetime(3)"),
        Arguments.of(named(SchemaBuilder.int64(), "time.MicroTimestamp"), "datetime(6)"),
        Arguments.of(
            of(named(SchemaBuilder.string(), "time.ZonedTimestamp"), "TIMESTAMPTZ", 35),
            "datetime(6)"),
        Arguments.of(of(named(SchemaBuilder.string(), "data.Json"), "JSONB", 0), "json"),
        Arguments.of(of(named(SchemaBuilder.string(), "data.Json"), "JSON", 0), "longtext"),
        Arguments.of(named(SchemaBuilder.string(), "data.Uuid"), "varchar(36)"),
        Arguments.of(named(SchemaBuilder.string(), "data.EnumSet"), "longtext"),
        Arguments.of(named(SchemaBuilder.struct(), "data.geometry.Point"), "point"),
        Arguments.of(SchemaBuilder.array(Schema.INT32_SCHEMA), "json"),
        Arguments.of(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA), "json"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("types")
  void columnTakesEveryValueOfTheField(SchemaBuilder field, String type) {
    Schema row = SchemaBuilder.struct().field("c", field.optional().build()).build();
    TableDefinition table = definition(null, row).tableDefinition(OCEANBASE);
    assertEquals(type, table.columns().get(0).type().render());
  }

  @Test
  void keyOfTheRecordIsThePrimaryKey() {
    Schema key =
        SchemaBuilder.struct()
            .field("b", Schema.STRING_SCHEMA)
            .field("a", Schema.INT32_SCHEMA)
            .build();
    Schema row =
        SchemaBuilder.struct()
            .field("a", Schema.INT32_SCHEMA)
            .field("b", Schema.STRING_SCHEMA)
            .field("c", Schema.INT32_SCHEMA)
            .field("d", SchemaBuilder.int32().optional().defaultValue(5).build())
            .build();
    assertEquals(
        """
        CREATE TABLE IF NOT EXISTS `shop`.`orders` (
          `a` int NOT NULL,
          `b` varchar(2040) NOT NULL,
          `c` int NOT NULL,
          `d` int NULL DEFAULT 5,
          PRIMARY KEY (`b`, `a`)
        ) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin""",
        TableRenderer.createTableSql(definition(key, row).tableDefinition(OCEANBASE)));
    assertEquals(
        "varchar(376)",
        definition(key, row)
            .tableDefinition(profile(Engine.MYSQL))
            .column("b")
            .orElseThrow()
            .type()
            .render());
  }

  /** Rows that exist hold nothing else, and no record will say what they hold. */
  @Test
  void addedColumnHasTheSourcesDefaultOrAllowsNull() {
    Schema row =
        SchemaBuilder.struct()
            .field("known", SchemaBuilder.string().defaultValue("it's").build())
            .field("price", Decimal.builder(2).defaultValue(new BigDecimal("1.50")).build())
            .field("unknown", Schema.INT32_SCHEMA)
            .build();
    assertEquals(
        """
        ALTER TABLE `shop`.`orders`
          ADD COLUMN `known` longtext NULL,
          ADD COLUMN `price` decimal(65,2) NOT NULL DEFAULT 1.50,
          ADD COLUMN `unknown` int NULL""",
        TableRenderer.addColumnsSql(definition(null, row).addedColumns(OCEANBASE)));
  }

  @Test
  void envelopeSaysItAllEvenWhenItDeletes() {
    Struct envelope = Changes.envelope("d", null, null);
    var record = Changes.record(Changes.key(1), envelope, 1);
    var change = (SourceChange.RowChange) Changes.reader(RecordFormat.DEBEZIUM).read(record);
    assertEquals(
        Optional.of(definition(Changes.KEY, Changes.ROW)), DataDefinition.of(record, change));
  }

  @Test
  void recordWithoutSchemaSaysNothing() {
    var record = Changes.record(null, Map.of("id", 1L), 1);
    var change = (SourceChange.RowChange) Changes.reader(RecordFormat.FLAT).read(record);
    assertTrue(DataDefinition.of(record, change).isEmpty());
  }
}
