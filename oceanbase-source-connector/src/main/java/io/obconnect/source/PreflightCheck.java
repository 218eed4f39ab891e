package io.obconnect.source;

import io.obconnect.source.PreflightReport.Finding;
import io.obconnect.source.PreflightReport.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is checked before a connector starts. Options and documentation come from here. */
enum PreflightCheck {
  CONNECTION(
      "connection",
      Severity.ERROR,
      Severity.ERROR,
      SourceDefaults.HOSTNAME,
      "The database can be reached, and takes the login.",
      "Check host, port, TLS, user and password.",
      ServerChecks::connection),
  PRODUCT(
      "product",
      Severity.ERROR,
      Severity.ERROR,
      SourceDefaults.HOSTNAME,
      "The server is what the connector is for; an OceanBase tenant is in MySQL's mode.",
      "Use MySqlSourceConnector for MySQL, OceanBaseSourceConnector for MySQL tenants of OceanBase, and Debezium's own"
          + " connector for MariaDB.",
      ServerChecks::product),
  VERSION(
      "version",
      Severity.WARNING,
      Severity.WARNING,
      SourceDefaults.HOSTNAME,
      "MySQL 8.0 or later, OceanBase 4.2 or later.",
      "Test all of it before you rely on it, or upgrade the database.",
      ServerChecks::version),
  PRIVILEGES(
      "privileges",
      Severity.ERROR,
      Severity.WARNING,
      "database.user",
      "The user has SELECT on something, REPLICATION SLAVE and REPLICATION CLIENT. Roles are not looked into.",
      "GRANT them to the user; those of replication only exist ON *.*.",
      ServerChecks::privileges),
  SNAPSHOT_LOCK(
      "snapshot-lock",
      Severity.WARNING,
      null,
      "database.user",
      "The user has RELOAD or FLUSH_TABLES, for the moment at which a snapshot locks tables.",
      "GRANT RELOAD ON *.* to the user, or set snapshot.locking.mode=none while nobody changes a table's definition.",
      ServerChecks::snapshotLock),
  BINLOG(
      "binlog",
      Severity.ERROR,
      null,
      SourceDefaults.HOSTNAME,
      "The server writes a binary log, and tells its position.",
      "Start the server with log_bin, and let the user read the status of the log (REPLICATION CLIENT).",
      ServerChecks::binlog),
  BINLOG_SERVICE(
      "binlog-service",
      null,
      Severity.ERROR,
      LogOptions.HOSTNAME,
      "A Binlog Service answers questions about the log.",
      "Create a Binlog Service for the tenant, and give the address of an ODP that knows it.",
      ServerChecks::binlogService),
  BINLOG_GTIDS(
      "binlog-gtids",
      null,
      Severity.ERROR,
      LogOptions.HOSTNAME,
      "The service has GTIDs: file positions are not the same in all of its instances.",
      "Set binlog_gtid_display=true, and wait for the first transaction.",
      ServerChecks::binlogGtids),
  GTID_MODE(
      "gtid-mode",
      Severity.WARNING,
      null,
      SourceDefaults.HOSTNAME,
      "gtid_mode=ON, so that the connector finds its place on another server, too.",
      "Set gtid_mode=ON if the connector is ever to go on at a replica that was promoted.",
      ServerChecks::gtidMode),
  BINLOG_FORMAT(
      "binlog-format",
      Severity.ERROR,
      Severity.ERROR,
      SourceDefaults.HOSTNAME,
      "binlog_format=ROW.",
      "Set it globally, and let running sessions end.",
      ServerChecks::binlogFormat),
  ROW_IMAGE(
      "binlog-row-image",
      Severity.ERROR,
      Severity.ERROR,
      SourceDefaults.HOSTNAME,
      "binlog_row_image=FULL: otherwise changes lack columns.",
      "Set it globally, and let running sessions end.",
      ServerChecks::rowImage),
  PARTIAL_JSON(
      "partial-json",
      Severity.ERROR,
      Severity.ERROR,
      "table.include.list",
      "No captured table has JSON columns while updates of a part of a document are logged as such"
          + " (binlog_row_value_options, in OceanBase log_row_value_options): the first one would fail the task.",
      "Set the variable to '' globally, and let running sessions end.",
      ServerChecks::partialJson),
  BINLOG_FILTER(
      "binlog-filter",
      Severity.ERROR,
      null,
      "database.include.list",
      "binlog_do_db and binlog_ignore_db leave out no captured database.",
      "Take the option away from the server, or do not capture that database.",
      ServerChecks::binlogFilter),
  BINLOG_RETENTION(
      "binlog-retention",
      Severity.WARNING,
      null,
      SourceDefaults.HOSTNAME,
      "The log is kept for a day or more: what is deleted while the connector does not read is lost to it.",
      "Set binlog_expire_logs_seconds to as long as the connector may have to stand still.",
      ServerChecks::binlogRetention),
  REPLICA(
      "replica",
      Severity.ERROR,
      null,
      SourceDefaults.HOSTNAME,
      "A replica logs what it replicates (log_replica_updates).",
      "Start the replica with log_replica_updates, or read from its source.",
      ServerChecks::replica),
  CLOCK(
      "clock",
      Severity.WARNING,
      Severity.WARNING,
      SourceDefaults.HOSTNAME,
      "The clocks of database and worker differ by less than 5 s; lags and watermarks are told by them.",
      "Synchronise both by NTP.",
      ServerChecks::clock),
  TIME_ZONE(
      "time-zone",
      Severity.WARNING,
      Severity.WARNING,
      SourceDefaults.HOSTNAME,
      "A snapshot reads TIMESTAMP columns in the server's time zone: Java knows the zone under its name, and it has no"
          + " daylight saving time since 2000.",
      "Set driver.connectionTimeZone to the zone's full name, or the server's time_zone to an offset like +00:00, before"
          + " the tables are copied.",
      ServerChecks::timeZone),
  DEFINITIONS(
      "definitions",
      Severity.WARNING,
      Severity.WARNING,
      "database.user",
      "The tables' definitions can be read from information_schema; if not, no table is checked.",
      "Let the user read them, or expect what the other checks would have found.",
      TableChecks::definitions),
  TABLES(
      "tables",
      Severity.WARNING,
      Severity.WARNING,
      "table.include.list",
      "There is a table that the connector's lists choose, and that the user may read.",
      "Check database.include.list, table.include.list, and SELECT on those tables.",
      TableChecks::tables),
  KEYS(
      "keys",
      Severity.WARNING,
      Severity.WARNING,
      "table.include.list",
      "Captured tables have a key that tells their rows apart.",
      "Give them a primary key; without one, records have no key, and the sink takes them only if it is told to.",
      TableChecks::keys),
  BLOCK_KEYS(
      "block-keys",
      Severity.ERROR,
      null,
      CopyOptions.ENCODING,
      "Tables without such a key may be locked for a moment when their copy in blocks begins.",
      "Give them a key, leave them out (table.exclude.list), or take snapshot.locking.mode=none away.",
      TableChecks::blockKeys),
  CASE(
      "case",
      Severity.WARNING,
      Severity.WARNING,
      "table.include.list",
      "No two captured tables differ in upper and lower case only: a destination with lower_case_table_names=1,"
          + " OceanBase's default, has one table for both.",
      "Give them different names at the destination (names.map of the sink), or a destination that keeps case apart.",
      TableChecks::caseOnly),
  ENGINE(
      "engine",
      Severity.WARNING,
      null,
      "table.include.list",
      "Captured tables are InnoDB's: what others hold is not part of a consistent snapshot, and may go without a log.",
      "ALTER TABLE .. ENGINE=InnoDB, or do not write to them while they are copied.",
      TableChecks::engine),
  CASCADES(
      "cascades",
      Severity.WARNING,
      null,
      "table.include.list",
      "No foreign key cascades: MySQL before 9.6 does not log what it cascades.",
      "Have the same foreign keys at the destination, or delete and update the rows by yourself.",
      TableChecks::cascades),
  REFERENCES(
      "references",
      Severity.WARNING,
      Severity.WARNING,
      "table.include.list",
      "Captured tables refer to captured tables only.",
      "Capture those as well, or do without these foreign keys at the destination.",
      TableChecks::references),
  LOB_SIZE(
      "lob-size",
      Severity.WARNING,
      Severity.WARNING,
      "table.include.list",
      "No column of a BLOB or TEXT type may hold more than a record (producer.override.max.request.size): such a change"
          + " fails the task. A Binlog Service breaks at 48 MB.",
      "Raise producer.override.max.request.size and the topic's max.message.bytes above the longest row.",
      TableChecks::lobSize),
  VIRTUAL_COLUMNS(
      "virtual-columns",
      null,
      Severity.WARNING,
      "table.include.list",
      "Generated columns are STORED: a Binlog Service 4.x may not read rows with VIRTUAL ones.",
      "Make them STORED, or see that their rows arrive.",
      TableChecks::virtualColumns),
  WIDE_VARCHAR(
      "wide-varchar",
      null,
      Severity.WARNING,
      "table.include.list",
      "No VARCHAR is longer than 65,535 bytes, which MySQL's log cannot say.",
      "Make the column shorter, or a TEXT.",
      TableChecks::wideVarchar),
  ENUM_QUOTES(
      "enum-quotes",
      null,
      Severity.ERROR,
      "table.include.list",
      "No label of an ENUM or SET has a quote: OceanBase prints such a definition so that no parser reads it.",
      "Leave the table out, or change the label.",
      TableChecks::enumQuotes),
  ENUM_PREFIXES(
      "enum-prefixes",
      null,
      Severity.WARNING,
      "table.include.list",
      "No label of an ENUM or SET begins with one that stands before it: some versions of the service take the shorter one.",
      "See that such values arrive, or change the labels' order.",
      TableChecks::enumPrefixes),
  TYPES(
      "types",
      null,
      Severity.WARNING,
      "table.include.list",
      "No column has a type that no Binlog Service was seen to log: geometries, VECTOR, ARRAY, MAP, ROARINGBITMAP.",
      "See that their values arrive, or leave the table out.",
      TableChecks::types),
  KAFKA(
      "kafka",
      Severity.ERROR,
      Severity.ERROR,
      PlanTopic.BOOTSTRAP_SERVERS,
      "The Kafka cluster of the schema history can be reached, and takes the login.",
      "Check the servers, and the settings that begin with schema.history.internal.producer and .consumer.",
      TopicChecks::kafka),
  TOPIC_COMPACTION(
      "topic-compaction",
      Severity.ERROR,
      Severity.ERROR,
      "schema.history.internal.kafka.topic",
      "The topics of the schema history, the plan of a copy and its blocks are not compacted, which would destroy them.",
      "Delete the topic and let the connector begin anew, or set cleanup.policy=delete before anything is in it.",
      TopicChecks::compaction),
  TOPIC_RETENTION(
      "topic-retention",
      Severity.WARNING,
      Severity.WARNING,
      "schema.history.internal.kafka.topic",
      "Nothing of the schema history and of a copy's plan expires: without them no restart is possible.",
      "Set retention.ms=-1 and retention.bytes=-1.",
      TopicChecks::retention),
  TOPIC_PARTITIONS(
      "topic-partitions",
      Severity.WARNING,
      Severity.WARNING,
      "schema.history.internal.kafka.topic",
      "Schema history, plan and schema changes have one partition each, for their order.",
      "Create the topic anew with one partition; the connector only uses the first one.",
      TopicChecks::partitions),
  CHANGE_COMPACTION(
      "change-compaction",
      Severity.WARNING,
      Severity.WARNING,
      "topic.prefix",
      "Topics of changes are not compacted: a sink would miss what compaction takes away, and Kafka refuses records without"
          + " key, as TRUNCATE's.",
      "Set cleanup.policy=delete.",
      TopicChecks::changeCompaction),
  CHANGE_RETENTION(
      "change-retention",
      Severity.WARNING,
      Severity.WARNING,
      "topic.prefix",
      "Topics of changes keep records for a day or more: what expires before the sink reads it is lost.",
      "Set retention.ms to longer than a copy takes, and the sink may stand still.",
      TopicChecks::changeRetention),
  RECORD_SIZE(
      "record-size",
      Severity.WARNING,
      Severity.WARNING,
      "topic.prefix",
      "Topics take records as large as the connector's producer sends them (max.message.bytes,"
          + " producer.override.max.request.size).",
      "Raise max.message.bytes of the topic.",
      TopicChecks::recordSize),
  BLOCK_SIZE(
      "block-size",
      Severity.ERROR,
      null,
      CopyOptions.BLOCK_BYTES,
      "Blocks are smaller than producer.override.max.request.size.",
      "Raise the one, or lower the other.",
      TopicChecks::blockSize);

  /** What is decided, of facts alone: a sentence, if there is something to say. */
  @FunctionalInterface
  interface Decision {
    Optional<String> decide(PreflightFacts facts);
  }

  private final String id;

  /** Null where the check does not apply. */
  private final Severity mysql;

  private final Severity oceanbase;
  private final String option;
  private final String wanted;
  private final String advice;

  @SuppressWarnings("Immutable") // a function of its argument alone
  private final Decision decision;

  PreflightCheck(
      String id,
      Severity mysql,
      Severity oceanbase,
      String option,
      String wanted,
      String advice,
      Decision decision) {
    this.id = id;
    this.mysql = mysql;
    this.oceanbase = oceanbase;
    this.option = option;
    this.wanted = wanted;
    this.advice = advice;
    this.decision = decision;
  }

  /** How {@code precheck.skip} names it. */
  String id() {
    return id;
  }

  /** How bad it is for a database; empty where it does not apply. */
  Optional<Severity> severity(CapturedDatabase database) {
    return Optional.ofNullable(database == CapturedDatabase.MYSQL ? mysql : oceanbase);
  }

  /** What should be, for the documentation. */
  String wanted() {
    return wanted;
  }

  /** What to do where it is not. */
  String advice() {
    return advice;
  }

  /** Decides. */
  Optional<Finding> find(PreflightFacts facts) {
    Objects.requireNonNull(facts, "facts");
    return severity(facts.database())
        .flatMap(
            severity ->
                decision
                    .decide(facts)
                    .map(sentence -> new Finding(id, severity, option, sentence, advice)));
  }

  static Optional<PreflightCheck> of(String id) {
    return Arrays.stream(values()).filter(check -> check.id.equals(id.strip())).findFirst();
  }

  static String ids() {
    return Arrays.stream(values()).map(PreflightCheck::id).collect(Collectors.joining(", "));
  }

  /** Those of a database, in their order. */
  static List<PreflightCheck> of(CapturedDatabase database) {
    return Arrays.stream(values()).filter(check -> check.severity(database).isPresent()).toList();
  }
}
