package io.obconnect.source;

import io.obconnect.model.ExactHeader;
import java.io.Serializable;
import java.util.Objects;

/**
 * A value of the log that Debezium's value cannot tell from others.
 *
 * @param exact the value as {@link ExactHeader} spells it
 * @param plain what Debezium makes of it, may be null
 */
record InexactValue(String exact, Serializable plain) implements Serializable {
  InexactValue {
    Objects.requireNonNull(exact, "exact");
  }
}
