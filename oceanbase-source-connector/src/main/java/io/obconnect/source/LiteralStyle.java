package io.obconnect.source;

/**
 * How a value that the server printed becomes a SQL literal. Literals rely on backslash escapes, on
 * the time zone UTC and on utf8mb4, as the sink's sessions have them.
 */
enum LiteralStyle {
  /** As it is. */
  NUMBER,

  /**
   * With an exponent always: without one the literal is a DECIMAL, which has no negative zero and
   * is rounded otherwise.
   */
  FLOATING,

  /** In quotes, escaped. */
  TEXT,

  /** In hexadecimal digits. */
  BYTES,

  /** As text, or through JSON functions where OceanBase's reader of texts is inexact. */
  JSON,

  /** Four-byte floating-point numbers, lowest byte first, as a list of them. */
  VECTOR
}
