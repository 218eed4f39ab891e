package io.obconnect.sink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Knows what Debezium writes for a value that the source did not send because an update left it
 * alone: PostgreSQL does so for values that are stored out of line (TOAST), Oracle for LOBs. Such a
 * value must never be written. One thread only.
 *
 * <p>Source of the forms: Debezium's {@code UnchangedToastedPlaceholder}; records without schema
 * hold them as {@link JsonText}.
 */
final class UnchangedValues {
  private final String text;
  private final byte[] bytes;
  private final Set<Object> forms = new HashSet<>();
  private final int longestText;
  private final SchemaCache<List<Field>> candidates =
      new SchemaCache<>(
          schema -> schema.fields().stream().filter(UnchangedValues::isCandidate).toList());
  private final SchemaCache<Map<Set<String>, Schema>> partialSchemas =
      new SchemaCache<>(schema -> new HashMap<>());

  /**
   * Values of one source.
   *
   * @param placeholder Debezium's {@code unavailable.value.placeholder}
   */
  UnchangedValues(String placeholder) {
    text = placeholder;
    bytes = placeholder.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    String uuid = UUID.nameUUIDFromBytes(bytes).toString();
    Map<String, String> map = Map.of(placeholder, placeholder);
    forms.addAll(List.of(placeholder, JsonText.of(map), map));
    forms.addAll(List.of(List.of(placeholder), List.of(uuid), List.of(base64), numbers()));
    forms.addAll(Stream.concat(forms.stream(), Stream.of(base64)).map(JsonText::of).toList());
    longestText =
        forms.stream()
            .filter(String.class::isInstance)
            .mapToInt(form -> ((String) form).length())
            .max()
            .orElseThrow();
  }

  private List<Long> numbers() {
    Long[] numbers = new Long[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      numbers[i] = (long) bytes[i];
    }
    return List.of(numbers);
  }

  private static boolean isCandidate(Field field) {
    return switch (field.schema().type()) {
      case STRING, BYTES, ARRAY, MAP -> true;
      default -> false;
    };
  }

  /** The row without what the source did not send; the row itself where that is nothing. */
  Struct leaveOut(Struct row) {
    Set<String> unchanged = null;
    for (Field field : candidates.get(row.schema())) {
      if (isUnchanged(row.getWithoutDefault(field.name()))) {
        unchanged = unchanged == null ? new HashSet<>() : unchanged;
        unchanged.add(field.name());
      }
    }
    return unchanged == null ? row : PartialRow.project(partial(row.schema(), unchanged), row);
  }

  private Schema partial(Schema whole, Set<String> unchanged) {
    return partialSchemas
        .get(whole)
        .computeIfAbsent(unchanged, left -> PartialRow.schemaWithout(whole, left));
  }

  private boolean isUnchanged(Object value) {
    if (value instanceof String string) {
      // Nearly all texts are told by their length alone.
      return string.equals(text) || (string.length() > text.length() && isForm(string));
    }
    if (value instanceof byte[] || value instanceof ByteBuffer) {
      return length(value) == bytes.length && Arrays.equals(Literals.bytes(value), bytes);
    }
    if (value instanceof List<?> list) {
      return (list.size() == 1 || list.size() == bytes.length) && isArray(list);
    }
    return value instanceof Map<?, ?> map && map.size() == 1 && forms.contains(map);
  }

  private boolean isForm(String string) {
    return string.length() <= longestText && forms.contains(string);
  }

  private static int length(Object value) {
    return value instanceof byte[] array ? array.length : ((ByteBuffer) value).remaining();
  }

  private boolean isArray(List<?> list) {
    Object first = list.get(0);
    if (first instanceof byte[] || first instanceof ByteBuffer) {
      return list.size() == 1 && isUnchanged(first);
    }
    if (first instanceof Number) {
      return list.stream().allMatch(Number.class::isInstance)
          && forms.contains(list.stream().map(n -> ((Number) n).longValue()).toList());
    }
    return list.size() == 1 && forms.contains(list);
  }
}
