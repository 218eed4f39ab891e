package io.obconnect.model;

import java.util.Comparator;

/**
 * The order in which one MySQL server writes the files of its binary log. They are numbered, with
 * more digits when those do not suffice ({@code binlog.999999}, {@code binlog.1000000}).
 */
public final class LogFileOrder {
  /** Compares the names of two files of one server. */
  public static final Comparator<String> BY_NAME =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private LogFileOrder() {}
}
