package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.RetryPolicy;
import io.obconnect.model.ServerAddress;
import io.obconnect.model.TableId;
import io.obconnect.model.TlsMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OceanBaseSinkConfigTest {
  private static final Map<String, String> MINIMAL =
      Map.of("connection.addresses", "a:2881, [::1]:2883", "connection.username", "u@t#c");

  private static Map<String, String> with(String option, String value) {
    Map<String, String> properties = new HashMap<>(MINIMAL);
    properties.put(option, value);
    return properties;
  }

  private static List<String> invalidOptions(Map<String, String> properties) {
    return OceanBaseSinkConfig.definition().validate(properties).stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .map(ConfigValue::name)
        .toList();
  }

  @Test
  void minimalConfigurationIsEnough() {
    assertEquals(List.of(), invalidOptions(MINIMAL));
    OceanBaseSinkConfig config = new OceanBaseSinkConfig(MINIMAL);
    assertEquals(
        List.of(new ServerAddress("a", 2881), new ServerAddress("::1", 2883)),
        config.connection().addresses());
    assertEquals("u@t#c", config.connection().username());
    assertEquals(TlsMode.DISABLED, config.connection().tlsMode());
    assertEquals(Optional.empty(), config.connection().tlsCaPath());
    assertEquals(TableErrorPolicy.PAUSE, config.tableErrorPolicy());
    assertEquals("oceanbase-sink", config.connectorName());
  }

  @Test
  void optionsArriveWhereTheyBelong() {
    Map<String, String> properties = new HashMap<>(MINIMAL);
    properties.put("name", "orders-sink");
    properties.put("lanes.per.task", "3");
    properties.put("window.linger.ms", "4");
    properties.put("buffer.max.rows", "100");
    properties.put("conflict.timeout.ms", "5");
    properties.put("exactly.once", "false");
    properties.put("keyless.tables", "apply");
    properties.put("window.max.rows", "7");
    properties.put("window.max.bytes", "2048");
    properties.put("buffer.max.bytes", "1048577");
    properties.put("release.timeout.ms", "101");
    properties.put("retry.timeout.ms", "1");
    properties.put("retry.backoff.ms", "2");
    properties.put("retry.backoff.max.ms", "3");
    properties.put("connection.tls.mode", "verify-identity");
    properties.put("table.error.policy", "fail");
    OceanBaseSinkConfig config = new OceanBaseSinkConfig(properties);
    assertEquals("orders-sink", config.connectorName());
    assertEquals(
        new SinkLimits(
            3,
            7,
            2048,
            Duration.ofMillis(4),
            100,
            1_048_577,
            Duration.ofMillis(5),
            Duration.ofMillis(101)),
        config.limits());
    assertEquals(
        new RetryPolicy(Duration.ofMillis(2), Duration.ofMillis(3), Duration.ofMillis(1)),
        config.retryPolicy());
    assertEquals(TlsMode.VERIFY_IDENTITY, config.connection().tlsMode());
    assertEquals(TableErrorPolicy.FAIL, config.tableErrorPolicy());
    assertFalse(config.exactlyOnce());
    assertTrue(config.keylessTables());
  }

  @ParameterizedTest
  @CsvSource({
    "connection.addresses,''",
    "connection.addresses,host-without-port",
    "connection.addresses,host:port",
    "connection.addresses,host:0",
    "connection.addresses,host:65536",
    "connection.addresses,'a:1,,b:2'",
    "connection.addresses,jdbc:mysql://host:3306",
    "connection.addresses,host/db?allowLocalInfile=true&x:3306",
    "connection.username,''",
    "connection.tls.mode,on",
    "connection.connect.timeout.ms,99",
    "connection.connect.timeout.ms,10s",
    "connection.socket.timeout.ms,3600001",
    "schema.wait.timeout.ms,0",
    "exactly.once,perhaps",
    "lanes.per.task,65",
    "keyless.tables,yes",
    "window.linger.ms,-1",
    "buffer.max.rows,99",
    "conflict.timeout.ms,-1",
    "table.error.policy,skip",
    "ledger.database,''",
    "tables.include,orders",
    "tables.exclude,shop.[a",
    "names.map,shop.orders",
    "names.map,shop.* -> a.b.c",
    "names.map.merge,merge",
    "columns.include,shop.orders",
    "columns.exclude,'a.b.c.d'",
    "columns.rename,a.b.c",
    "row.filter,amount > 10",
    "row.filter,shop.orders: amount > > 10",
    "window.max.rows,0",
    "window.max.bytes,1023",
    "buffer.max.bytes,1",
    "release.timeout.ms,-1",
    "retry.timeout.ms,-1",
    "retry.backoff.ms,0",
    "retry.backoff.max.ms,600001",
  })
  void badValueIsReportedOnItsOption(String option, String value) {
    assertEquals(List.of(option), invalidOptions(with(option, value)));
    ConfigException failure =
        assertThrows(ConfigException.class, () -> new OceanBaseSinkConfig(with(option, value)));
    assertTrue(failure.getMessage().contains(option), failure.getMessage());
  }

  @Test
  void selectionArrivesWhereItBelongs() {
    Selection selection =
        RowSelectorTest.selection(
            "tables.include", "shop_*.*",
            "tables.exclude", "shop_9.*",
            "names.map", "shop_*.orders_* -> shop.orders",
            "names.map.merge", "distinct-keys");
    TableId shard = new TableId("shop_1", "orders_1");
    TableId merged = new TableId("shop", "orders");
    assertTrue(selection.includes(shard));
    assertFalse(selection.includes(new TableId("shop_9", "orders_1")));
    assertFalse(selection.includes(merged));
    assertEquals(merged, selection.destination(shard));
    assertTrue(selection.keepsKeysApart(merged));
    assertFalse(selection.keepsKeysApart(new TableId("shop_1", "users")));
    assertFalse(selection.hasOneSource());
    assertEquals(Optional.empty(), selection.destinationDatabase("shop_1"));
  }

  @Test
  void tablesHaveOneSourceUnlessMergingIsAllowed() {
    Selection selection = RowSelectorTest.selection("names.map", "shop -> store");
    assertTrue(selection.hasOneSource());
    assertFalse(selection.mayMerge(new TableId("store", "orders")));
    assertEquals(Optional.of("store"), selection.destinationDatabase("shop"));
    assertFalse(RowSelectorTest.selection().hasOneSource(), "no table can meet another");
  }

  /** A row that is applied twice would look like another table's. */
  /** What is applied again must end in the same rows. */
  @ParameterizedTest
  @CsvSource({"names.map.merge,distinct-keys", "keyless.tables,apply"})
  void withoutExactlyOnceThereIsNo(String option, String value) {
    Map<String, String> properties = with(option, value);
    assertEquals(Optional.empty(), new OceanBaseSinkConfig(properties).contradiction());
    properties.put("exactly.once", "false");
    assertEquals(
        Optional.of(option),
        new OceanBaseSinkConfig(properties).contradiction().map(Map.Entry::getKey));
  }

  @ParameterizedTest
  @CsvSource({"tasks.max,2", "exactly.once,false", "records.format,flat"})
  void sourceTransactionsNeed(String option, String value) {
    Map<String, String> properties = with("transaction.mode", "source");
    assertEquals(Optional.empty(), new OceanBaseSinkConfig(properties).contradiction());
    assertEquals(1, new OceanBaseSinkConfig(properties).limits().lanes());
    properties.put(option, value);
    Map.Entry<String, String> wrong =
        new OceanBaseSinkConfig(properties).contradiction().orElseThrow();
    assertEquals("transaction.mode", wrong.getKey());
    assertTrue(wrong.getValue().contains(option), wrong.getValue());
  }

  @Test
  void missingOptionsAreReportedOnThemselves() {
    assertEquals(
        List.of("connection.addresses", "connection.username"),
        invalidOptions(Map.of()).stream().sorted().toList());
  }

  /** REST passes a JSON null on. */
  @Test
  void nullIsReportedAndDoesNotBreakTheValidation() {
    assertEquals(
        List.of("connection.addresses"), invalidOptions(with("connection.addresses", null)));
  }

  @Test
  void passwordIsNotPrinted() {
    OceanBaseSinkConfig config =
        new OceanBaseSinkConfig(with("connection.password", "secret-word"));
    assertEquals("secret-word", config.connection().password());
    assertFalse(config.values().toString().contains("secret-word"));
    assertFalse(config.connection().toString().contains("secret-word"));
  }
}
