package io.obconnect.verifier;

/** What a comparison proved. */
public enum Verdict {
  /** Every column of every row was compared and is the same. */
  EQUAL,
  /** At least one difference was found. */
  DIFFERENT,
  /** No difference was found, but not everything could be compared. Never read it as equal. */
  UNKNOWN
}
