package io.obconnect.e2e;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Packs tuples into statements of the same head and tail, one statement at a time. A statement ends
 * with the tuple that fills it.
 */
final class MultiRowStatements implements Iterator<String> {
  private final String head;
  private final String tail;
  private final int fullChars;
  private final int maxTuples;
  private final Iterator<String> tuples;

  /**
   * Takes tuples as they are needed.
   *
   * @param fullChars length at which a statement is full, the tail not counted
   * @param maxTuples tuples that no statement exceeds
   */
  MultiRowStatements(
      String head, String tail, int fullChars, int maxTuples, Stream<String> tuples) {
    this.head = Objects.requireNonNull(head, "head");
    this.tail = Objects.requireNonNull(tail, "tail");
    this.fullChars = fullChars;
    this.maxTuples = maxTuples;
    this.tuples = tuples.iterator();
  }

  @Override
  public boolean hasNext() {
    return tuples.hasNext();
  }

  @Override
  public String next() {
    if (!tuples.hasNext()) {
      throw new NoSuchElementException("no tuple is left");
    }
    StringBuilder sql = new StringBuilder(head).append(tuples.next());
    for (int i = 1; i < maxTuples && sql.length() < fullChars && tuples.hasNext(); i++) {
      sql.append(',').append(tuples.next());
    }
    return sql.append(tail).toString();
  }
}
