package io.obconnect.formats;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Schemas of every kind, nested, and values at and between the ends of their ranges. */
@SuppressWarnings("JavaUtilDate") // What Connect's logical types are made of.
final class RandomRecords {
  private static final int MAX_DEPTH = 4;
  private static final int DAY_MILLIS = 86_400_000;
  private static final String[] TEXTS = {
    "",
    "plain ASCII",
    "quote \" back \\ slash /",
    "\b\t\n\f\r",
    "汉字 ñ ß é",
    "emoji 🙂 ok",
    "\u0000\u001f\u007f\u0080",
    "\u07ff\u0800\uffff\ufffd",
    "\ud83d",
    "\ude42 lone",
    "\u2028\u2029",
    "<&'>",
    "null",
    "x".repeat(2_000),
    "é".repeat(1_100) + "\n",
    "{\"a\":[1]}"
  };

  private final Random random;

  RandomRecords(long seed) {
    random = new Random(seed);
  }

  SchemaAndValue next() {
    Schema schema = schema(1);
    return new SchemaAndValue(schema, valueOrDefault(schema));
  }

  private Schema schema(int depth) {
    Supplier<SchemaBuilder> plain = depth < MAX_DEPTH && chance(2) ? nested(depth) : scalar();
    SchemaBuilder builder = plain.get();
    if (chance(2)) {
      builder.optional();
    }
    if (builder.name() == null && chance(4)) {
      builder.name("io.debezium." + text()).version(random.nextInt());
    }
    if (chance(8)) {
      builder.doc(text());
    }
    if (chance(8)) {
      builder.parameter(text(), text()).parameter("length", "255");
    }
    // A struct's schema never equals its builder, so that structs cannot have defaults.
    if (builder.type() != Schema.Type.STRUCT && chance(3)) {
      builder.defaultValue(nonNull(plain.get().build()));
    }
    return builder.build();
  }

  private Supplier<SchemaBuilder> nested(int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> {
        Schema elements = schema(depth + 1);
        yield () -> SchemaBuilder.array(elements);
      }
      case 1 -> {
        Schema keys = chance(3) ? SchemaBuilder.string().optional().build() : Schema.STRING_SCHEMA;
        Schema values = schema(depth + 1);
        yield () -> SchemaBuilder.map(keys, values);
      }
      case 2 -> {
        Schema keys = schema(depth + 1);
        Schema values = schema(depth + 1);
        yield () -> SchemaBuilder.map(keys, values);
      }
      default -> struct(depth);
    };
  }

  private Supplier<SchemaBuilder> struct(int depth) {
    Map<String, Schema> fields = new HashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      fields.put(chance(2) ? "column_" + i : i + text(), schema(depth + 1));
    }
    return () -> {
      SchemaBuilder builder = SchemaBuilder.struct();
      fields.forEach(builder::field);
      return builder;
    };
  }

  private Supplier<SchemaBuilder> scalar() {
    int scale = random.nextInt(40) - 4;
    List<Supplier<SchemaBuilder>> kinds =
        List.of(
            SchemaBuilder::int8,
            SchemaBuilder::int16,
            SchemaBuilder::int32,
            SchemaBuilder::int64,
            SchemaBuilder::float32,
            SchemaBuilder::float64,
            SchemaBuilder::bool,
            SchemaBuilder::string,
            SchemaBuilder::bytes,
            () -> Decimal.builder(scale),
            Date::builder,
            Time::builder,
            Timestamp::builder);
    return kinds.get(random.nextInt(kinds.size()));
  }

  private Object value(Schema schema) {
    return schema.isOptional() && chance(4) ? null : nonNull(schema);
  }

  /** Where null is accepted for a default, too: by itself and in a field. */
  private Object valueOrDefault(Schema schema) {
    return schema.defaultValue() != null && chance(2) ? null : value(schema);
  }

  private Object nonNull(Schema schema) {
    return switch (Objects.requireNonNullElse(schema.name(), "")) {
      case Decimal.LOGICAL_NAME -> decimal(schema);
      case Date.LOGICAL_NAME ->
          new java.util.Date((random.nextInt(6_000_000) - 3_000_000L) * DAY_MILLIS);
      case Time.LOGICAL_NAME -> new java.util.Date(random.nextInt(DAY_MILLIS + 1));
      case Timestamp.LOGICAL_NAME -> new java.util.Date(int64());
      default -> ofType(schema);
    };
  }

  private Object ofType(Schema schema) {
    return switch (schema.type()) {
      case INT8 -> (byte) int64();
      case INT16 -> (short) int64();
      case INT32 -> (int) int64();
      case INT64 -> int64();
      case FLOAT32 ->
          chance(2) ? random.nextInt(1_000) / 8f : Float.intBitsToFloat(random.nextInt());
      case FLOAT64 ->
          chance(2) ? random.nextInt(1_000) / 100d : Double.longBitsToDouble(random.nextLong());
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text();
      case BYTES -> chance(2) ? bytes() : ByteBuffer.wrap(bytes());
      case ARRAY -> array(schema.valueSchema());
      case MAP -> map(schema);
      case STRUCT -> struct(schema);
    };
  }

  private BigDecimal decimal(Schema schema) {
    return new BigDecimal(
        new BigInteger(1 + random.nextInt(220), random).subtract(BigInteger.valueOf(1_000)),
        Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)));
  }

  private long int64() {
    return switch (random.nextInt(6)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> random.nextInt(300) - 150L;
      default -> random.nextLong() >> random.nextInt(64);
    };
  }

  private List<Object> array(Schema elements) {
    List<Object> array = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(value(elements));
    }
    return array;
  }

  private Map<Object, Object> map(Schema schema) {
    Map<Object, Object> map = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(value(schema.keySchema()), value(schema.valueSchema()));
    }
    return map;
  }

  private Struct struct(Schema schema) {
    Struct struct = new Struct(schema);
    for (Field field : schema.fields()) {
      Object value = valueOrDefault(field.schema());
      if (value != null) {
        struct.put(field, value);
      }
    }
    return struct;
  }

  private String text() {
    if (chance(3)) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append((char) random.nextInt(1 << (4 + random.nextInt(13))));
      }
      return text.toString();
    }
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    return bytes;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
