package io.obconnect.model;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * A value of {@link ExactHeader} in the place of the field's own, which is kept beside it. A value
 * of its own type, so that nothing takes it for what it is not. Stateless.
 */
public final class ExactValue {

  /** The name of its schemas. */
  public static final String NAME = "io.obconnect.ExactValue";

  private static final String EXACT = "exact";
  private static final String PLAIN = "plain";

  private ExactValue() {}

  /** The schema that takes the place of a field's own. */
  public static Schema schema(Schema plain) {
    return SchemaBuilder.struct()
        .name(NAME)
        .field(EXACT, Schema.STRING_SCHEMA)
        .field(PLAIN, plain)
        .optional()
        .build();
  }

  /** Whether a schema is one of this class. */
  public static boolean is(Schema schema) {
    return NAME.equals(schema.name());
  }

  /** The schema whose place it took; the schema itself where it is none of this class. */
  public static Schema plainSchema(Schema schema) {
    return is(schema) ? schema.field(PLAIN).schema() : schema;
  }

  /** A value. */
  public static Struct of(Schema schema, String exact, Object plain) {
    return new Struct(schema).put(EXACT, exact).put(PLAIN, plain);
  }

  /** The value as the header spells it. */
  public static String exact(Object value) {
    return ((Struct) value).getString(EXACT);
  }

  /**
   * What the value is equal to, as far as order and filters are concerned: a text is what its
   * readable part says, everything else what the header says.
   */
  public static Object comparable(Object value) {
    return value instanceof Struct struct && is(struct.schema()) ? inOrder(struct) : value;
  }

  private static Object inOrder(Struct value) {
    String exact = exact(value);
    Object plain = value.getWithoutDefault(PLAIN);
    boolean isTime = exact.length() > 1 && Character.isDigit(exact.charAt(0));
    return plain instanceof String && !isTime ? plain : exact;
  }
}
