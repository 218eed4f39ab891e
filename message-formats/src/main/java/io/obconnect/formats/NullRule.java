package io.obconnect.formats;

import org.apache.kafka.connect.data.Schema;

/**
 * What stands for null in a place.
 *
 * @param refused null is an error there
 * @param replacement what null becomes; null when it stays null
 */
record NullRule(boolean refused, Object replacement) {

  /** The rule of a schema, as JsonConverter has it. */
  static NullRule of(Schema schema, boolean replaceNullWithDefault) {
    if (schema.defaultValue() != null && replaceNullWithDefault) {
      return new NullRule(false, schema.defaultValue());
    }
    return new NullRule(!schema.isOptional(), null);
  }
}
