package io.obconnect.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.obconnect.model.DestinationProfile.Engine;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Values as JSON text: those of records without schema, whose type only the destination's column
 * knows, and lists, maps and structures, for which columns have no other form.
 */
final class JsonText {
  /** The schema of a value that has none: the text of a JSON value, never that of null. */
  static final Schema SCHEMA =
      SchemaBuilder.string().name("io.obconnect.JsonText").optional().build();

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final DestinationColumn TEXT_COLUMN =
      new DestinationColumn("", "longtext", false, false, "", Engine.MYSQL);

  private JsonText() {}

  /**
   * The JSON text of a value without schema, as converters hand them out.
   *
   * @throws DataException for what JSON has no form for; the message does not hold it
   */
  static String of(Object value) {
    return of(null, value);
  }

  /**
   * The JSON text of a list, a map or a structure. Dates and times in it are texts as SQL spells
   * them, decimals and bytes (base64) are texts, too.
   *
   * @param schema of the value, null where there is none
   * @throws DataException as {@link #of(Object)}
   */
  static String of(Schema schema, Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(json, schema, value);
    } catch (IOException e) {
      throw new DataException("a value cannot be written as JSON: " + e.getClass().getName());
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Schema schema, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (isCoded(schema, value)) {
      writeCoded(json, schema, value);
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Number number) {
      write(json, number);
    } else if (value instanceof byte[] || value instanceof ByteBuffer) {
      json.writeString(Base64.getEncoder().encodeToString(Literals.bytes(value)));
    } else {
      writeComposite(json, schema, value);
    }
  }

  private static void writeComposite(JsonGenerator json, Schema schema, Object value)
      throws IOException {
    if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, schema == null ? null : schema.valueSchema(), element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, schema == null ? null : schema.valueSchema(), entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Struct struct) {
      json.writeStartObject();
      for (Field field : struct.schema().fields()) {
        json.writeFieldName(field.name());
        write(json, field.schema(), struct.getWithoutDefault(field.name()));
      }
      json.writeEndObject();
    } else {
      throw new DataException("no JSON value is a " + value.getClass().getSimpleName());
    }
  }

  /** Whether the schema's name says how the number or the bytes are to be read. */
  private static boolean isCoded(Schema schema, Object value) {
    return schema != null
        && schema.name() != null
        && (schema.name().equals(LiteralEncoders.VARIABLE_SCALE)
            || value instanceof java.util.Date
            || (schema.type().isPrimitive()
                && !(value instanceof String)
                && !(value instanceof BigDecimal)));
  }

  /** Dates, times and bits as a column of text would get them. */
  private static void writeCoded(JsonGenerator json, Schema schema, Object value)
      throws IOException {
    StringBuilder sql = new StringBuilder();
    LiteralEncoders.of(schema, TEXT_COLUMN).append(sql, value);
    if (sql.charAt(0) == '\'') {
      json.writeString(sql.substring(1, sql.length() - 1));
    } else {
      json.writeNumber(sql.toString());
    }
  }

  private static void write(JsonGenerator json, Number number) throws IOException {
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new DataException("JSON has finite numbers only");
      }
      json.writeNumber(number.toString());
    } else if (number instanceof BigDecimal decimal) {
      // As text: readers of JSON take a number for a double.
      json.writeString(decimal.toPlainString());
    } else if (number instanceof BigInteger integer) {
      json.writeNumber(integer);
    } else {
      json.writeNumber(number.longValue());
    }
  }

  /** The text that a JSON text is of; null where it is of another value. */
  static String string(String json) {
    if (!json.startsWith("\"")) {
      return null;
    }
    if (json.indexOf('\\') < 0) {
      return json.substring(1, json.length() - 1);
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
    } catch (IOException e) {
      throw new DataException("a value is no JSON text: " + e.getClass().getName());
    }
  }
}
