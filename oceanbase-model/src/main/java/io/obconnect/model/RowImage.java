package io.obconnect.model;

/** What is known of a row before or after a change. */
public sealed interface RowImage {

  /** The row was there, with these values. */
  record Present(RowValues values) implements RowImage {}

  /** There was no row: before an insert, after a delete. */
  record Absent() implements RowImage {}

  /** The row was there, but the change does not tell its values, or not all that are needed. */
  record Unknown() implements RowImage {}
}
