package io.obconnect.formats;

import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;

/**
 * The schema part of a record's bytes: {@code {"schema":SCHEMA,"payload":PAYLOAD}}. JsonConverter
 * itself spells and parses schemas: it is handed each one as the element type of an empty array,
 * whose record is known but for that schema.
 */
final class SchemaText {
  private static final ByteString BEFORE_SCHEMA = ByteString.ascii("{\"schema\":");
  private static final ByteString AFTER_SCHEMA = ByteString.ascii(",\"payload\":");
  private static final ByteString BEFORE_ELEMENT =
      ByteString.ascii("{\"schema\":{\"type\":\"array\",\"items\":");
  private static final ByteString AFTER_ELEMENT =
      ByteString.ascii(",\"optional\":false},\"payload\":[]}");
  private static final String NO_TOPIC = "";

  private final JsonConverter jsonConverter;

  /**
   * @param jsonConverter configured, with schemas
   */
  SchemaText(JsonConverter jsonConverter) {
    this.jsonConverter = Objects.requireNonNull(jsonConverter, "jsonConverter");
  }

  /**
   * The bytes of this schema's records up to the payload.
   *
   * @throws DataException what JsonConverter throws for every record of this schema
   */
  ByteString prefix(Schema schema) {
    byte[] record =
        jsonConverter.fromConnectData(NO_TOPIC, SchemaBuilder.array(schema).build(), List.of());
    int end = record.length - AFTER_ELEMENT.length();
    if (!BEFORE_ELEMENT.standsAt(record, 0) || !AFTER_ELEMENT.standsAt(record, end)) {
      throw new UnusualRecordException();
    }
    return ByteString.join(BEFORE_SCHEMA, record, BEFORE_ELEMENT.length(), end, AFTER_SCHEMA);
  }

  /**
   * The schema of records that begin with this prefix.
   *
   * @throws UnusualRecordException when it is none that JsonConverter knows
   */
  Schema parse(ByteString prefix) {
    byte[] bytes = prefix.toByteArray();
    int end = bytes.length - AFTER_SCHEMA.length();
    ByteString record =
        ByteString.join(BEFORE_ELEMENT, bytes, BEFORE_SCHEMA.length(), end, AFTER_ELEMENT);
    try {
      return jsonConverter.toConnectData(NO_TOPIC, record.toByteArray()).schema().valueSchema();
    } catch (DataException e) {
      throw new UnusualRecordException();
    }
  }

  /**
   * A record's bytes up to the payload.
   *
   * @throws UnusualRecordException when the record does not begin with a schema
   */
  static ByteString prefixOf(byte[] record) {
    if (!BEFORE_SCHEMA.standsAt(record, 0)) {
      throw new UnusualRecordException();
    }
    int end = objectEnd(record, BEFORE_SCHEMA.length());
    if (!AFTER_SCHEMA.standsAt(record, end)) {
      throw new UnusualRecordException();
    }
    return ByteString.copyOf(record, 0, end + AFTER_SCHEMA.length());
  }

  /**
   * Where the JSON object that begins here ends, by its braces alone: whether it is well-formed in
   * between is seen when it is parsed.
   */
  private static int objectEnd(byte[] record, int start) {
    int depth = 0;
    for (int i = start; i < record.length; i++) {
      switch (record[i]) {
        case '{' -> depth++;
        case '}' -> depth--;
        case '"' -> i = stringEnd(record, i + 1);
        default -> {}
      }
      if (depth == 0) {
        return i + 1;
      }
    }
    throw new UnusualRecordException();
  }

  /** Where the closing quote of a string stands. */
  private static int stringEnd(byte[] record, int start) {
    for (int i = start; i < record.length; i++) {
      if (record[i] == '"') {
        return i;
      }
      if (record[i] == '\\') {
        i++;
      }
    }
    throw new UnusualRecordException();
  }
}
