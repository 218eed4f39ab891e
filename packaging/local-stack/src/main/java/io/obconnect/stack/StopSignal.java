package io.obconnect.stack;

/** The signals that ask a process to end; the name is the one that {@code kill} knows. */
enum StopSignal {
  TERM,
  INT
}
