package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.GrantedPrivileges;
import io.obconnect.model.TableId;
import io.obconnect.source.PreflightReport.Finding;
import io.obconnect.source.PreflightReport.Severity;
import io.obconnect.source.ServerFacts.LogFacts;
import io.obconnect.source.TableFacts.ColumnFacts;
import io.obconnect.source.TableFacts.ReferenceFacts;
import io.obconnect.source.TopicFacts.Role;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** What the preflight decides, of facts that no server is needed for. */
class PreflightCheckTest {
  private static final String FINE_GRANT =
      "GRANT SELECT, RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO u";

  /** A server, tables and topics in which nothing is wrong, to be changed by tests. */
  private static final class Facts {
    private final CapturedDatabase database;
    private final Map<String, String> options = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final List<TableFacts> tables = new ArrayList<>(List.of(table("shop.t")));
    private final List<TopicFacts> topics = new ArrayList<>();
    private final Map<PreflightCheck, Exception> unread = new EnumMap<>(PreflightCheck.class);
    private String grant = FINE_GRANT;
    private Duration clockAhead = Duration.ZERO;
    private Duration zoneOffset = Duration.ZERO;
    private boolean replica;
    private Set<TableId> copyPlanned = Set.of();
    private Optional<LogFacts> log =
        Optional.of(new LogFacts(true, "uuid:1-7", List.of(), List.of()));

    Facts(CapturedDatabase database) {
      this.database = database;
      options.putAll(Map.of("topic.prefix", "shop", "database.user", "u"));
      variables.putAll(
          Map.of(
              "log_bin", "ON",
              "binlog_format", "ROW",
              "binlog_row_image", "FULL",
              "binlog_row_value_options", "",
              "log_row_value_options", "",
              "time_zone", "+00:00",
              "gtid_mode", "ON",
              "binlog_expire_logs_seconds", "2592000",
              "version", "8.4.0",
              "version_comment", "MySQL Community Server"));
      if (database == CapturedDatabase.OCEANBASE) {
        variables.put("version", "5.7.25-OceanBase-v4.2.1.0");
        variables.put("version_comment", "OceanBase_CE 4.2.1.0 (r1)");
        variables.put("ob_compatibility_mode", "MYSQL");
      }
    }

    PreflightReport report(PreflightCheck... skipped) {
      return SourcePreflight.decide(facts(), Set.of(skipped));
    }

    PreflightFacts facts() {
      boolean reached = !unread.containsKey(PreflightCheck.CONNECTION);
      ServerFacts server =
          new ServerFacts(
              variables,
              GrantedPrivileges.parse(List.of(grant)),
              clockAhead,
              zoneOffset,
              Optional.of(replica),
              log);
      return new PreflightFacts(
          database,
          new CaptureSettings(options),
          reached ? Optional.of(server) : Optional.empty(),
          reached ? Optional.of(tables) : Optional.empty(),
          copyPlanned,
          Optional.of(topics),
          unread);
    }

    void assertFinds(String... ids) {
      assertEquals(List.of(ids), report().findings().stream().map(Finding::id).toList());
    }

    void assertErrors(String... ids) {
      assertEquals(List.of(ids), report().errors().stream().map(Finding::id).toList());
    }
  }

  private static Facts mysql() {
    return new Facts(CapturedDatabase.MYSQL);
  }

  private static Facts oceanbase() {
    return new Facts(CapturedDatabase.OCEANBASE);
  }

  private static TableId id(String name) {
    return new TableId(name.substring(0, name.indexOf('.')), name.substring(name.indexOf('.') + 1));
  }

  private static TableFacts table(String name, ColumnFacts... columns) {
    return new TableFacts(id(name), "InnoDB", true, List.of(columns), List.of());
  }

  private static TableFacts keyless(String name) {
    return new TableFacts(id(name), "InnoDB", false, List.of(), List.of());
  }

  private static TableFacts referring(String name, String to, boolean cascades) {
    return new TableFacts(
        id(name), "InnoDB", true, List.of(), List.of(new ReferenceFacts(id(to), cascades)));
  }

  private static ColumnFacts column(String type, String declaration, long bytes) {
    return new ColumnFacts("c", type, declaration, bytes, false);
  }

  @Test
  void whatIsAsItShouldBeIsNotMentioned() {
    mysql().assertFinds();
    oceanbase().assertFinds();
  }

  @Test
  void whoCannotConnectHearsThatAlone() {
    Facts facts = mysql();
    facts.unread.put(
        PreflightCheck.CONNECTION, new SQLException("password 'secret'", "28000", 1045));
    facts.assertErrors("connection");
    String text = facts.report().toJson();
    assertTrue(text.contains("1045"), text);
    assertFalse(text.contains("secret"), text);
  }

  @Test
  void connectorIsForOneProduct() {
    Facts mariadb = mysql();
    mariadb.variables.put("version", "10.11.6-MariaDB-log");
    mariadb.assertErrors("product");
    Facts other = oceanbase();
    other.variables.putAll(Map.of("version", "8.4.0", "version_comment", "MySQL"));
    other.assertErrors("product");
    Facts oracle = oceanbase();
    oracle.variables.put("ob_compatibility_mode", "ORACLE");
    oracle.assertErrors("product");
  }

  @Test
  void oldVersionsAreWarnedOf() {
    Facts five = mysql();
    five.variables.put("version", "5.7.44-log");
    five.assertFinds("version");
    five.assertErrors();
    Facts three = oceanbase();
    three.variables.put("version_comment", "OceanBase 3.1.5 (r1)");
    three.assertFinds("version");
    Facts seekdb = oceanbase();
    seekdb.variables.put("version_comment", "OceanBase 4.3.5.3 seekdb (r1.4.0.0)");
    seekdb.assertFinds();
  }

  @Test
  void privilegesOfReplicationHoldForTheServerOnly() {
    Facts facts = mysql();
    facts.grant = "GRANT ALL PRIVILEGES ON `shop`.* TO u";
    facts.assertFinds("privileges", "snapshot-lock");
    assertTrue(
        facts.report().findings().get(0).sentence().contains("REPLICATION SLAVE"),
        facts.report().toJson());
    facts.options.put(SourceDefaults.LOCKING_MODE, "none");
    facts.options.put(SourceDefaults.SNAPSHOT_MODE, "initial_only");
    facts.assertFinds();
    Facts service = oceanbase();
    service.grant = "GRANT SELECT ON *.* TO u";
    service.assertFinds("privileges");
    service.assertErrors();
  }

  @Test
  void logHasToHoldWholeRows() {
    Facts facts = mysql();
    facts.variables.putAll(Map.of("binlog_format", "MIXED", "binlog_row_image", "minimal"));
    facts.assertErrors("binlog-format", "binlog-row-image");
    facts.options.put(SourceDefaults.SNAPSHOT_MODE, "initial_only");
    facts.assertFinds();
    Facts none = mysql();
    none.variables.put("log_bin", "OFF");
    none.log = Optional.empty();
    none.assertErrors("binlog");
  }

  @Test
  void partialDocumentsMatterWhereThereAreDocuments() {
    for (Facts facts : List.of(mysql(), oceanbase())) {
      facts.variables.put("binlog_row_value_options", "PARTIAL_JSON");
      facts.variables.put("log_row_value_options", "partial_json");
      facts.assertFinds();
      facts.tables.add(table("shop.j", column("json", "json", 0)));
      facts.assertErrors("partial-json");
    }
  }

  @Test
  void databaseThatIsNotLoggedIsRefused() {
    Facts facts = mysql();
    facts.log = Optional.of(new LogFacts(true, "", List.of("other"), List.of()));
    facts.assertErrors("binlog-filter");
    facts.log = Optional.of(new LogFacts(true, "", List.of("shop"), List.of("other")));
    facts.assertFinds();
    facts.log = Optional.of(new LogFacts(true, "", List.of(), List.of("shop")));
    facts.assertErrors("binlog-filter");
  }

  @Test
  void logThatIsKeptForHoursIsWarnedOf() {
    Facts facts = mysql();
    facts.variables.put("binlog_expire_logs_seconds", "3600");
    facts.assertFinds("binlog-retention");
    facts.variables.put("binlog_expire_logs_auto_purge", "OFF");
    facts.assertFinds();
    facts.variables.remove("binlog_expire_logs_auto_purge");
    facts.variables.put("binlog_expire_logs_seconds", "0");
    facts.assertFinds();
  }

  @Test
  void replicaHasToLogWhatItReplicates() {
    Facts facts = mysql();
    facts.variables.put("log_replica_updates", "OFF");
    facts.assertFinds();
    facts.replica = true;
    facts.assertErrors("replica");
  }

  @Test
  void serviceNeedsGtids() {
    Facts facts = oceanbase();
    facts.log = Optional.of(new LogFacts(true, "", List.of(), List.of()));
    facts.assertErrors("binlog-gtids");
    facts.log = Optional.empty();
    facts.unread.put(
        PreflightCheck.BINLOG_SERVICE, new NoBinlogServiceException("nothing there", null));
    facts.assertErrors("binlog-service");
    Facts positions = mysql();
    positions.variables.put("gtid_mode", "OFF");
    positions.assertFinds("gtid-mode");
    positions.assertErrors();
  }

  @Test
  void clocksMayDifferByALittle() {
    Facts facts = mysql();
    facts.clockAhead = Duration.ofSeconds(-4);
    facts.assertFinds();
    facts.clockAhead = Duration.ofMinutes(-1);
    facts.assertFinds("clock");
    assertTrue(facts.report().toJson().contains("60 s behind"), facts.report().toJson());
  }

  @Test
  void timeZoneMattersWhereTimestampsAreCopied() {
    Facts facts = mysql();
    facts.variables.putAll(Map.of("time_zone", "SYSTEM", "system_time_zone", "CST"));
    facts.zoneOffset = Duration.ofHours(8);
    facts.assertFinds();
    facts.tables.add(table("shop.d", column("timestamp", "timestamp", 0)));
    // Shanghai's abbreviation is Chicago's in Java.
    facts.assertFinds("time-zone");
    facts.variables.put("system_time_zone", "NEVERLAND");
    facts.assertFinds("time-zone");
    facts.variables.put("time_zone", "+08:00");
    facts.assertFinds();
    facts.variables.put("time_zone", "Europe/Berlin");
    facts.assertFinds("time-zone");
    facts.options.put("driver.connectionTimeZone", "Europe/Berlin");
    facts.assertFinds();
    facts.options.remove("driver.connectionTimeZone");
    facts.options.put(SourceDefaults.SNAPSHOT_MODE, "no_data");
    facts.assertFinds();
  }

  @Test
  void tablesWithoutKeyBecomeBlocksUnderALockOnly() {
    Facts facts = mysql();
    facts.tables.add(keyless("shop.k"));
    facts.assertFinds("keys");
    facts.assertErrors();
    facts.options.put(CopyOptions.ENCODING, CopyOptions.BLOCKS);
    facts.assertErrors();
    facts.options.put(SourceDefaults.LOCKING_MODE, SourceDefaults.NO_LOCKS);
    facts.assertErrors("block-keys");
    // Created where the stream was already: there is nothing to copy.
    facts.copyPlanned = Set.of(id("shop.k"));
    facts.assertErrors();
  }

  @Test
  void tablesAreWarnedOf() {
    Facts none = mysql();
    none.tables.clear();
    none.assertFinds("tables");
    Facts names = mysql();
    names.tables.add(table("shop.T"));
    names.assertFinds("case");
    Facts engine = mysql();
    engine.tables.add(new TableFacts(id("shop.m"), "MEMORY", true, List.of(), List.of()));
    engine.assertFinds("engine");
    Facts unread = mysql();
    unread.unread.put(PreflightCheck.DEFINITIONS, new SQLException("slow", "HY000", 3024));
    unread.assertFinds("definitions");
  }

  @Test
  void foreignKeysAreWarnedOf() {
    Facts facts = mysql();
    facts.tables.add(referring("shop.child", "shop.t", true));
    facts.assertFinds("cascades");
    facts.variables.put("version", "9.6.0");
    facts.assertFinds();
    facts.tables.add(referring("shop.far", "other.t", false));
    facts.assertFinds("references");
  }

  @Test
  void longColumnsAreWarnedOf() {
    Facts facts = mysql();
    facts.tables.add(table("shop.l", column("mediumtext", "mediumtext", 16_777_215)));
    facts.assertFinds("lob-size");
    facts.options.put("producer.override.max.request.size", "33554432");
    facts.assertFinds();
    facts.tables.add(table("shop.v", column("varchar", "varchar(20000)", 80_000)));
    facts.assertFinds();
  }

  @Test
  void whatTheServiceLogsBadlyIsSaid() {
    Facts facts = oceanbase();
    facts.tables.add(table("shop.g", new ColumnFacts("c", "int", "int(11)", 0, true)));
    facts.assertFinds("virtual-columns");
    facts = oceanbase();
    facts.tables.add(table("shop.v", column("varchar", "varchar(20000)", 80_000)));
    facts.assertFinds("wide-varchar");
    facts = oceanbase();
    facts.tables.add(table("shop.g", column("point", "point", 0)));
    facts.assertFinds("types");
    facts = oceanbase();
    facts.tables.add(table("shop.e", column("enum", "enum('b','a','c,d')", 0)));
    facts.assertFinds();
    facts.tables.add(table("shop.q", column("set", "set('it's','b')", 0)));
    facts.assertErrors("enum-quotes");
    facts = oceanbase();
    facts.tables.add(table("shop.p", column("enum", "enum('a','ab')", 0)));
    facts.assertFinds("enum-prefixes");
    facts = mysql();
    facts.tables.add(table("shop.p", column("enum", "enum('a','ab','it''s')", 0)));
    facts.assertFinds();
  }

  @Test
  void topicsAreChecked() {
    Facts facts = mysql();
    facts.topics.add(topic(Role.HISTORY, 1, Map.of("retention.ms", "-1")));
    facts.topics.add(
        topic(Role.CHANGES, 4, Map.of("retention.ms", "604800000", "cleanup.policy", "delete")));
    facts.assertFinds();
    facts.topics.set(0, topic(Role.HISTORY, 1, Map.of("cleanup.policy", "compact")));
    facts.assertErrors("topic-compaction");
    facts.topics.set(0, topic(Role.HISTORY, 1, Map.of("retention.ms", "604800000")));
    facts.assertFinds("topic-retention");
    facts.topics.set(0, topic(Role.SCHEMA_CHANGES, 3, Map.of()));
    facts.assertFinds("topic-partitions");
    facts.topics.set(
        0,
        topic(
            Role.CHANGES, 1, Map.of("cleanup.policy", "compact,delete", "retention.ms", "60000")));
    facts.assertFinds("change-compaction", "change-retention");
    facts.assertErrors();
    facts.topics.set(0, topic(Role.CHANGES, 1, Map.of("max.message.bytes", "1048588")));
    facts.assertFinds();
    facts.options.put("producer.override.max.request.size", "8388608");
    facts.assertFinds("record-size");
  }

  private static TopicFacts topic(Role role, int partitions, Map<String, String> settings) {
    return new TopicFacts("topic", role, partitions, settings);
  }

  @Test
  void blocksHaveToFitIntoRecords() {
    Facts facts = mysql();
    facts.options.put("producer.override.max.request.size", "500000");
    facts.assertFinds();
    facts.options.put(CopyOptions.ENCODING, CopyOptions.BLOCKS);
    facts.assertErrors("block-size");
    facts.options.put(CopyOptions.BLOCK_BYTES, "400000");
    facts.assertFinds();
    facts.options.put("producer.override.max.request.size", "much");
    facts.assertFinds();
  }

  @Test
  void manyTablesAreCountedNotListed() {
    Facts facts = mysql();
    for (int i = 0; i < 1000; i++) {
      facts.tables.add(keyless("shop.k" + i));
    }
    String sentence = facts.report().findings().get(0).sentence();
    assertTrue(sentence.endsWith("shop.k4 and 995 more."), sentence);
  }

  @Test
  void checksAreSkippedByTheirIds() {
    Facts facts = mysql();
    facts.variables.put("binlog_row_image", "MINIMAL");
    PreflightReport report = facts.report(PreflightCheck.ROW_IMAGE);
    assertEquals(List.of(), report.findings());
    assertEquals(List.of("binlog-row-image"), report.skipped());
    assertEquals(
        Set.of(PreflightCheck.ROW_IMAGE, PreflightCheck.KEYS),
        PreflightOptions.skipped(Map.of(PreflightOptions.SKIP, "binlog-row-image, keys")));
    ConfigException unknown =
        assertThrows(
            ConfigException.class,
            () -> PreflightOptions.skipped(Map.of(PreflightOptions.SKIP, "everything")));
    assertTrue(unknown.getMessage().contains("binlog-row-image"), unknown.getMessage());
  }

  @Test
  void reportIsJson() {
    assertEquals(
        "{\"database\":\"mysql\",\"findings\":[{\"id\":\"keys\",\"severity\":\"warning\","
            + "\"option\":\"table.include.list\",\"sentence\":\"a\",\"advice\":\"b\"}],"
            + "\"skipped\":[\"clock\"]}",
        new PreflightReport(
                "mysql",
                List.of(new Finding("keys", Severity.WARNING, "table.include.list", "a", "b")),
                List.of("clock"))
            .toJson());
  }

  /** A task waits for who is away, and for nobody who answers, or is slow. */
  @Test
  void whoIsAwayIsNoError() {
    Facts facts = mysql();
    facts.unread.put(PreflightCheck.DEFINITIONS, new SQLException("slow", "08S01", 0));
    assertEquals(Optional.empty(), PreflightGate.away(facts.facts()));
    Exception refused = new SQLException("refused", "28000", 1045);
    facts.unread.put(PreflightCheck.CONNECTION, refused);
    assertEquals(Optional.empty(), PreflightGate.away(facts.facts()));
    Exception lost = new SQLException("lost", "08S01", 0);
    facts.unread.put(PreflightCheck.CONNECTION, lost);
    assertEquals(Optional.of(lost), PreflightGate.away(facts.facts()));
  }

  @Test
  void failedTaskSaysAllErrors() {
    Facts facts = mysql();
    facts.variables.putAll(Map.of("binlog_format", "MIXED", "binlog_row_image", "minimal"));
    PreflightException failure = new PreflightException(facts.report());
    assertEquals(CaptureFailure.NOT_READY, CaptureFailure.of(failure));
    String message = CaptureFailure.describe(failure);
    assertTrue(message.contains("binlog_format=MIXED"), message);
    assertTrue(message.contains("binlog_row_image=minimal"), message);
  }
}
