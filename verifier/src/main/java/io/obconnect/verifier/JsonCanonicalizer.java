package io.obconnect.verifier;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.TreeMap;

/**
 * Writes JSON values so that equal values have equal text: keys sorted, numbers by value (1.50 is
 * 1.5), strings escaped in one way.
 */
final class JsonCanonicalizer {

  private static final int MAX_STRING_CHARS = 256 * 1024 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(MAX_STRING_CHARS).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final boolean maskFractions;

  private JsonCanonicalizer(boolean maskFractions) {
    this.maskFractions = maskFractions;
  }

  /** Keeps the exact value of every number. */
  static JsonCanonicalizer exact() {
    return new JsonCanonicalizer(false);
  }

  /**
   * Replaces every number that is not written as an integer by a mark, because engines parse these
   * with different errors.
   */
  static JsonCanonicalizer withoutFractions() {
    return new JsonCanonicalizer(true);
  }

  static JsonNode parse(String json) throws JsonProcessingException {
    return MAPPER.readTree(json);
  }

  String canonicalText(JsonNode value) throws JsonProcessingException {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private void write(JsonNode value, StringBuilder text) throws JsonProcessingException {
    if (value.isObject()) {
      writeObject(value, text);
    } else if (value.isArray()) {
      text.append('[');
      for (JsonNode element : value) {
        write(element, text);
        text.append(',');
      }
      text.append(']');
    } else if (value.isNumber()) {
      text.append(number(value));
    } else {
      text.append(MAPPER.writeValueAsString(value));
    }
  }

  private void writeObject(JsonNode object, StringBuilder text) throws JsonProcessingException {
    TreeMap<String, JsonNode> sorted = new TreeMap<>();
    object.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    text.append('{');
    for (var entry : sorted.entrySet()) {
      text.append(MAPPER.writeValueAsString(entry.getKey())).append(':');
      write(entry.getValue(), text);
      text.append(',');
    }
    text.append('}');
  }

  private String number(JsonNode number) {
    if (maskFractions && !number.isIntegralNumber()) {
      return "#";
    }
    return number.decimalValue().stripTrailingZeros().toString();
  }
}
