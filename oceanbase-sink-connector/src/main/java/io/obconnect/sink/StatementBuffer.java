package io.obconnect.sink;

import java.util.Objects;

/**
 * Where a lane writes its statements' text, one after the other, so that memory for the longest one
 * is taken once. Used by one thread at a time, for one {@link StatementChunks} at a time.
 *
 * @param text overwritten by whoever begins a statement
 * @param maxChars length that no statement exceeds, unless it has a single row
 */
record StatementBuffer(StringBuilder text, int maxChars) {
  /** A buffer that a long row has made larger than this many statements is not kept. */
  private static final int MAX_STATEMENTS = 4;

  StatementBuffer {
    Objects.requireNonNull(text, "text");
  }

  /** An empty buffer. */
  StatementBuffer(int maxChars) {
    this(new StringBuilder(), maxChars);
  }

  /** This memory, or other memory after a long row, for statements of another length. */
  StatementBuffer withMaxChars(int chars) {
    boolean keeps = text.capacity() / MAX_STATEMENTS <= Math.max(chars, maxChars);
    return new StatementBuffer(keeps ? text : new StringBuilder(), chars);
  }
}
