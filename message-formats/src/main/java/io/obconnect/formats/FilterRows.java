package io.obconnect.formats;

import io.obconnect.model.ConnectRowFilter;
import io.obconnect.model.PluginVersion;
import io.obconnect.model.RowDecision;
import io.obconnect.model.RowFilter;
import io.obconnect.model.TableId;
import io.obconnect.model.TableSelector;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Keeps the records of rows that an SQL condition chooses; the condition is that of {@link
 * RowFilter}.
 *
 * <ul>
 *   <li>Of Debezium's change events those pass that concern a chosen row. An update that moves a
 *       row into the condition becomes an insert ({@code op} c, no {@code before}), and one that
 *       moves it out becomes a delete ({@code op} d, no {@code after}), so that a consumer holds
 *       the chosen rows and no others. That needs the row before the change; where the source does
 *       not tell it, what is chosen now passes as an update, and what is not becomes a delete.
 *   <li>Of records whose value is the row itself, those pass whose row is chosen.
 *   <li>All others pass: tombstones, truncations, messages, schema changes, heartbeats, transaction
 *       markers.
 * </ul>
 *
 * <p>How values are read is described at {@link ConnectRowFilter}. One thread only, as Connect uses
 * transformations.
 *
 * @param <R> source or sink records
 */
public final class FilterRows<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {
  static final String WHERE = "where";
  static final String TABLES = "tables";

  private static final ConfigDef CONFIG =
      new ConfigDef()
          .define(
              WHERE,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              parsed("an SQL condition", RowFilter::compile),
              Importance.HIGH,
              "Condition of an SQL WHERE in MySQL's syntax, without that word, over the row's columns.")
          .define(
              TABLES,
              ConfigDef.Type.STRING,
              "",
              parsed("rules", value -> TableSelector.parse(value, "")),
              Importance.MEDIUM,
              "Tables whose change events are filtered, as database.table, separated by commas or line breaks, with"
                  + " the wildcards * ? [a-z] [!a-z], or /regex/; the events of others pass. Empty: all. Records"
                  + " whose value is the row itself name no table; choose them by a predicate.");

  /** What records of one schema are. */
  private enum Shape {
    ENVELOPE,
    ROW,
    OTHER
  }

  private ConnectRowFilter filter;
  private TableSelector tables;
  private boolean allTables;
  private final Map<TableId, Boolean> chosen = new HashMap<>();

  private static ConfigDef.Validator parsed(String form, Consumer<String> parser) {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          try {
            parser.accept(value == null ? "" : value.toString());
          } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
          }
        },
        () -> form);
  }

  @Override
  public String version() {
    return PluginVersion.of(getClass());
  }

  @Override
  public ConfigDef config() {
    return CONFIG;
  }

  @Override
  public void configure(Map<String, ?> configs) {
    AbstractConfig config = new AbstractConfig(CONFIG, configs);
    // A transformation sees no column definitions: only the record can say what is unsigned.
    filter = new ConnectRowFilter(RowFilter.compile(config.getString(WHERE)), column -> false);
    tables = TableSelector.parse(config.getString(TABLES), "");
    allTables = config.getString(TABLES).isBlank();
  }

  /**
   * Returns the record, the one that takes its place, or null to drop it.
   *
   * @throws DataException when the filter does not fit the record; the message holds no row value
   */
  @Override
  public R apply(R record) {
    if (record.value() == null) {
      return record;
    }
    if (!(record.value() instanceof Struct value)) {
      throw new DataException(
          "the record has no schema, so its columns have no types to filter by; use a converter that"
              + " keeps schemas");
    }
    try {
      return switch (shape(value.schema())) {
        case ENVELOPE -> change(record, value);
        case ROW -> allTables && filter.inserted(value) == RowDecision.DROP ? null : record;
        case OTHER -> record;
      };
    } catch (IllegalArgumentException e) {
      throw new DataException("topic " + record.topic() + ": " + e.getMessage(), e);
    }
  }

  private static Shape shape(Schema schema) {
    if (schema.field("op") != null && schema.field("source") != null) {
      return Shape.ENVELOPE;
    }
    boolean isDebeziums =
        schema.name() != null && schema.name().startsWith("io.debezium.connector.");
    return isDebeziums ? Shape.OTHER : Shape.ROW;
  }

  private R change(R record, Struct envelope) {
    if (!isChosen(envelope.getStruct("source"))) {
      return record;
    }
    Struct before = row(envelope, "before");
    Struct after = row(envelope, "after");
    String operation = String.valueOf(envelope.getString("op"));
    RowDecision decision =
        switch (operation) {
          case "c", "r" -> filter.inserted(require(after));
          case "u" -> filter.updated(before, require(after));
          case "d" -> filter.deleted(before);
          default -> RowDecision.KEEP;
        };
    return switch (decision) {
      case KEEP, UPSERT -> record;
      case DROP -> null;
      case INSERT -> with(record, altered(envelope, "c", "before"));
      case DELETE -> with(record, altered(envelope, "d", "after"));
    };
  }

  private boolean isChosen(Struct source) {
    if (allTables) {
      return true;
    }
    TableId table = new TableId(text(source, "db"), text(source, "table"));
    return chosen.computeIfAbsent(table, id -> tables.decide(id).selected());
  }

  private static String text(Struct source, String name) {
    boolean known = source != null && source.schema().field(name) != null;
    return known ? String.valueOf(source.get(name)) : "";
  }

  private static Struct row(Struct envelope, String name) {
    Field field = envelope.schema().field(name);
    return field == null ? null : (Struct) envelope.getWithoutDefault(name);
  }

  private static Struct require(Struct after) {
    if (after == null) {
      throw new DataException("a change event has no 'after' row");
    }
    return after;
  }

  private static Struct altered(Struct envelope, String operation, String absent) {
    Struct copy = new Struct(envelope.schema());
    for (Field field : envelope.schema().fields()) {
      copy.put(field, envelope.getWithoutDefault(field.name()));
    }
    return copy.put("op", operation).put(absent, null);
  }

  private R with(R record, Struct value) {
    return record.newRecord(
        record.topic(),
        record.kafkaPartition(),
        record.keySchema(),
        record.key(),
        record.valueSchema(),
        value,
        record.timestamp(),
        record.headers());
  }

  @Override
  public void close() {
    chosen.clear();
  }
}
