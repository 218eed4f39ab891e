package io.obconnect.formats;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Which schemas can be compiled: all that Connect's own builder makes, with logical types on the
 * types they belong to. Others (builders themselves, which can change, or two fields of one name)
 * are possible, too, but no record of any system that we know of has them.
 */
final class UsualSchema {
  /** Far below the thousand at which Jackson gives up, and the stack with it. */
  private static final int MAX_DEPTH = 64;

  private static final Map<String, Schema.Type> TYPES_OF_LOGICAL_NAMES =
      Map.of(
          Decimal.LOGICAL_NAME, Schema.Type.BYTES,
          Date.LOGICAL_NAME, Schema.Type.INT32,
          Time.LOGICAL_NAME, Schema.Type.INT32,
          Timestamp.LOGICAL_NAME, Schema.Type.INT64);

  private UsualSchema() {}

  /**
   * @throws UnusualRecordException when the schema cannot be compiled
   */
  static void require(Schema schema) {
    require(schema, 1);
  }

  private static void require(Schema schema, int depth) {
    if (depth > MAX_DEPTH || !(schema instanceof ConnectSchema) || !hasUsualName(schema)) {
      throw new UnusualRecordException();
    }
    switch (schema.type()) {
      case STRUCT -> requireFields(schema.fields(), depth);
      case ARRAY -> require(schema.valueSchema(), depth + 1);
      case MAP -> {
        require(schema.keySchema(), depth + 1);
        require(schema.valueSchema(), depth + 1);
      }
      default -> {}
    }
  }

  private static void requireFields(List<Field> fields, int depth) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      boolean usual =
          field.index() == i && names.add(field.name()) && JsonInput.isUsualName(field.name());
      if (!usual) {
        throw new UnusualRecordException();
      }
      require(field.schema(), depth + 1);
    }
  }

  private static boolean hasUsualName(Schema schema) {
    if (schema.name() == null || !TYPES_OF_LOGICAL_NAMES.containsKey(schema.name())) {
      return true;
    }
    return TYPES_OF_LOGICAL_NAMES.get(schema.name()) == schema.type()
        && (!isDecimal(schema) || hasScale(schema));
  }

  static boolean isDecimal(Schema schema) {
    return Decimal.LOGICAL_NAME.equals(schema.name());
  }

  /** Digits after the point of a decimal schema. */
  static int scale(Schema decimal) {
    return Integer.parseInt(decimal.parameters().get(Decimal.SCALE_FIELD));
  }

  private static boolean hasScale(Schema decimal) {
    if (decimal.parameters() == null || decimal.parameters().get(Decimal.SCALE_FIELD) == null) {
      return false;
    }
    try {
      scale(decimal);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
