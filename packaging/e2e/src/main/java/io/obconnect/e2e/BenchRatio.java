package io.obconnect.e2e;

import java.util.Objects;

/**
 * What a report says of two contenders: how many times as fast the first one is.
 *
 * @param name in the report
 */
record BenchRatio(String name, String dividend, String divisor) {
  BenchRatio {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dividend, "dividend");
    Objects.requireNonNull(divisor, "divisor");
  }

  /** Named {@code dividend/divisor}. */
  static BenchRatio of(String dividend, String divisor) {
    return new BenchRatio(dividend + "/" + divisor, dividend, divisor);
  }
}
