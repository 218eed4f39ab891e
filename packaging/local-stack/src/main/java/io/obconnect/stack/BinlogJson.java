package io.obconnect.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * JSON documents in MySQL's binary format, made of their text, as OceanBase's Binlog Service makes
 * them. Objects and arrays are always of the large kind.
 */
final class BinlogJson {
  private static final int LARGE_OBJECT = 0x01;
  private static final int LARGE_ARRAY = 0x03;
  private static final int LITERAL = 0x04;
  private static final int INT64 = 0x09;
  private static final int UINT64 = 0x0a;
  private static final int DOUBLE = 0x0b;
  private static final int STRING = 0x0c;

  private static final int NULL = 0;
  private static final int TRUE = 1;
  private static final int FALSE = 2;

  private static final int ENTRY = 5;
  private static final int KEY_ENTRY = 6;
  private static final int HEADER = 8;
  private static final int BITS_IN_LENGTH_BYTE = 7;
  private static final int MORE = 0x80;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Keys are in the order of their lengths, and of their bytes. */
  private static final Comparator<byte[]> KEY_ORDER =
      Comparator.<byte[]>comparingInt(key -> key.length)
          .thenComparing(java.util.Arrays::compareUnsigned);

  private BinlogJson() {}

  static byte[] encode(String text) {
    try {
      JsonNode document = JSON.readTree(text);
      return new ByteWriter().number(type(document), 1).raw(value(document)).toBytes();
    } catch (IOException e) {
      throw new LocalStackException("a JSON column holds no JSON", e);
    }
  }

  private static int type(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> LARGE_OBJECT;
      case ARRAY -> LARGE_ARRAY;
      case NULL, BOOLEAN -> LITERAL;
      case STRING -> STRING;
      case NUMBER -> numberType(node);
      default -> throw new LocalStackException("no JSON value: " + node.getNodeType());
    };
  }

  private static int numberType(JsonNode number) {
    if (!number.isIntegralNumber() || number.bigIntegerValue().bitLength() > Long.SIZE) {
      return DOUBLE;
    }
    return number.canConvertToLong() ? INT64 : UINT64;
  }

  private static byte[] value(JsonNode node) {
    ByteWriter out = new ByteWriter();
    switch (type(node)) {
      case LARGE_OBJECT -> object(node, out);
      case LARGE_ARRAY -> array(node, out);
      case LITERAL -> out.number(node.isNull() ? NULL : node.asBoolean() ? TRUE : FALSE, 1);
      case INT64, UINT64 -> out.number(node.bigIntegerValue().longValue(), 8);
      case DOUBLE -> out.number(Double.doubleToLongBits(node.doubleValue()), 8);
      default -> string(node.textValue(), out);
    }
    return out.toBytes();
  }

  private static void string(String text, ByteWriter out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = bytes.length;
    while (length >= MORE) {
      out.number((length & (MORE - 1)) | MORE, 1);
      length >>>= BITS_IN_LENGTH_BYTE;
    }
    out.number(length, 1).raw(bytes);
  }

  private static void object(JsonNode node, ByteWriter out) {
    List<Map.Entry<byte[], JsonNode>> fields = new ArrayList<>();
    node.properties()
        .forEach(
            field ->
                fields.add(
                    Map.entry(field.getKey().getBytes(StandardCharsets.UTF_8), field.getValue())));
    fields.sort(Map.Entry.comparingByKey(KEY_ORDER));
    ByteWriter keyEntries = new ByteWriter();
    ByteWriter keys = new ByteWriter();
    int keysAt = HEADER + fields.size() * (KEY_ENTRY + ENTRY);
    for (Map.Entry<byte[], JsonNode> field : fields) {
      keyEntries.number(keysAt + keys.size(), 4).number(field.getKey().length, 2);
      keys.raw(field.getKey());
    }
    members(
        fields.stream().map(Map.Entry::getValue).toList(),
        keyEntries.toBytes(),
        keys.toBytes(),
        out);
  }

  private static void array(JsonNode node, ByteWriter out) {
    List<JsonNode> elements = new ArrayList<>();
    node.forEach(elements::add);
    members(elements, new byte[0], new byte[0], out);
  }

  /** Number and size, entries of keys and values, keys, values. */
  private static void members(
      List<JsonNode> values, byte[] keyEntries, byte[] keys, ByteWriter out) {
    ByteWriter entries = new ByteWriter();
    ByteWriter contents = new ByteWriter();
    int contentsAt = HEADER + keyEntries.length + values.size() * ENTRY + keys.length;
    for (JsonNode value : values) {
      int type = type(value);
      entries.number(type, 1);
      byte[] content = value(value);
      if (type == LITERAL) {
        entries.raw(content).zeros(3);
      } else {
        entries.number(contentsAt + contents.size(), 4);
        contents.raw(content);
      }
    }
    out.number(values.size(), 4)
        .number(contentsAt + contents.size(), 4)
        .raw(keyEntries)
        .raw(entries.toBytes())
        .raw(keys)
        .raw(contents.toBytes());
  }
}
