package io.obconnect.sink;

import java.util.Objects;

/**
 * Appends a value as an SQL literal. An encoder is chosen once for a field and its column; it is
 * stateless and thread-safe.
 *
 * <p>Literals are written for sessions without NO_BACKSLASH_ESCAPES and with utf8mb4, see {@code
 * DestinationSession}.
 */
@FunctionalInterface
interface LiteralEncoder {

  /** Appends a value that is not null. */
  void appendNonNull(StringBuilder sql, Object value);

  /**
   * Appends a value that is not null where it is compared with its column, not stored; nearly
   * always the same literal.
   */
  default void appendOperand(StringBuilder sql, Object value) {
    appendNonNull(sql, value);
  }

  /** Appends a value, or NULL. */
  default void append(StringBuilder sql, Object value) {
    if (value == null) {
      sql.append("NULL");
    } else {
      appendNonNull(sql, Objects.requireNonNull(value));
    }
  }
}
