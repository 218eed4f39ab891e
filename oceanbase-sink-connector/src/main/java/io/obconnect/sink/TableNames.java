package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;

/**
 * Which table a record is of: by the names that the record gives, or by its topic. A source with
 * schemas has one level more than the destination. One thread only.
 */
final class TableNames {
  static final String DATABASE_GROUP = "database";
  static final String TABLE_GROUP = "table";
  private static final String DB = "${db}";
  private static final String SCHEMA = "${schema}";

  /** A table's name in the source; the schema is null where the source has none. */
  private record Origin(String database, String schema, String table) {
    @Override
    public String toString() {
      return database + (schema == null ? "" : "." + schema) + "." + table;
    }
  }

  private final String databaseFormat;
  private final Pattern topicPattern;
  private final Map<Origin, TableId> tables = new HashMap<>();
  private final Map<TableId, Origin> origins = new HashMap<>();
  private final Map<String, TableId> topics = new HashMap<>();
  private Origin lastOrigin = new Origin("", "", "");
  private TableId last = new TableId("", "");

  /**
   * Names by a rule.
   *
   * @param databaseFormat of tables whose source has schemas
   * @param topicPattern matches whole topics, with the groups {@value #DATABASE_GROUP} and {@value
   *     #TABLE_GROUP}
   */
  TableNames(String databaseFormat, Pattern topicPattern) {
    this.databaseFormat = Objects.requireNonNull(databaseFormat, "databaseFormat");
    this.topicPattern = Objects.requireNonNull(topicPattern, "topicPattern");
  }

  /**
   * Checks a format.
   *
   * @throws IllegalArgumentException when it is none
   */
  static void checkDatabaseFormat(String format) {
    String plain = format.replace(DB, "").replace(SCHEMA, "");
    if (plain.equals(format) || plain.contains("${")) {
      throw new IllegalArgumentException(
          "it has to hold " + DB + " or " + SCHEMA + ", and no other variable");
    }
  }

  /**
   * Checks a pattern.
   *
   * @throws IllegalArgumentException when it is none
   */
  static void checkTopicPattern(String regex) {
    Pattern.compile(regex);
    if (!regex.contains("(?<" + DATABASE_GROUP + ">")
        || !regex.contains("(?<" + TABLE_GROUP + ">")) {
      throw new IllegalArgumentException(
          "it has to have the groups (?<database>..) and (?<table>..)");
    }
  }

  /**
   * The table of a record that names it.
   *
   * @param database null where the record does not say
   * @param schema null where the source has no schemas
   * @throws DataException when the names do not say which
   * @throws ConnectException when two tables of the source would become one
   */
  TableId of(String database, String schema, String table) {
    // Nearly always the same as for the record before.
    if (Objects.equals(table, lastOrigin.table())
        && Objects.equals(schema, lastOrigin.schema())
        && Objects.equals(database, lastOrigin.database())) {
      return last;
    }
    Origin origin = new Origin(database, schema, table);
    last = tables.computeIfAbsent(origin, this::table);
    lastOrigin = origin;
    return last;
  }

  private TableId table(Origin origin) {
    TableId table = new TableId(database(origin), origin.table());
    Origin other = origins.putIfAbsent(table, origin);
    if (other != null && !other.equals(origin)) {
      throw new ConnectException(
          "tables "
              + other
              + " and "
              + origin
              + " of the source would both become "
              + table.quoted()
              + "; tell them apart with "
              + RecordOptions.DATABASE_NAME_FORMAT);
    }
    return table;
  }

  private String database(Origin origin) {
    if (origin.schema() == null) {
      return require(origin.database());
    }
    String name = databaseFormat.replace(SCHEMA, origin.schema());
    return name.contains(DB) ? name.replace(DB, require(origin.database())) : name;
  }

  private static String require(String database) {
    if (database == null) {
      throw new DataException("the record names no database and table");
    }
    return database;
  }

  /**
   * The table that a topic's name stands for.
   *
   * @throws DataException when it stands for none
   */
  TableId ofTopic(String topic) {
    return topics.computeIfAbsent(topic, this::match);
  }

  private TableId match(String topic) {
    Matcher matcher = topicPattern.matcher(topic);
    if (!matcher.matches()
        || matcher.group(DATABASE_GROUP) == null
        || matcher.group(TABLE_GROUP) == null) {
      throw new DataException(
          "topic "
              + topic
              + " does not say which table its rows are of ("
              + RecordOptions.FLAT_TOPIC_PATTERN
              + "), and neither do they: the fields or headers __db and __table are missing");
    }
    return new TableId(matcher.group(DATABASE_GROUP), matcher.group(TABLE_GROUP));
  }
}
