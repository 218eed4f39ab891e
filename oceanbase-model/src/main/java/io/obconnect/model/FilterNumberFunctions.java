package io.obconnect.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Functions of numbers. Exact numbers stay exact. */
final class FilterNumberFunctions {

  /** Digits behind the point, or before it if negative: more than a number has changes nothing. */
  private static final int MAX_DIGITS = 81;

  private FilterNumberFunctions() {}

  static void register(FilterFunctions functions) {
    functions.add("MOD", 2, 2, values -> FilterArithmetic.remainder(values.get(0), values.get(1)));
    functions.add("ABS", 1, 1, FilterNumberFunctions::absolute);
    functions.add("SIGN", 1, 1, values -> (long) Math.signum(real(values)));
    functions.add("CEIL CEILING", 1, 1, values -> whole(values, RoundingMode.CEILING));
    functions.add("FLOOR", 1, 1, values -> whole(values, RoundingMode.FLOOR));
    functions.add("ROUND", 1, 2, values -> rounded(values, RoundingMode.HALF_UP));
    functions.add("TRUNCATE", 2, 2, values -> rounded(values, RoundingMode.DOWN));
  }

  private static double real(List<Object> values) {
    return FilterNumbers.real(values.get(0));
  }

  private static Object absolute(List<Object> values) {
    return real(values) < 0 ? FilterArithmetic.negate(values.get(0)) : number(values);
  }

  private static Number number(List<Object> values) {
    return FilterNumbers.number(values.get(0));
  }

  private static Object whole(List<Object> values, RoundingMode mode) {
    Number number = number(values);
    if (FilterNumbers.isReal(number)) {
      return mode == RoundingMode.FLOOR
          ? Math.floor(number.doubleValue())
          : Math.ceil(number.doubleValue());
    }
    return FilterNumbers.normal(FilterNumbers.decimal(number).setScale(0, mode).toBigInteger());
  }

  private static Object rounded(List<Object> values, RoundingMode mode) {
    long wanted = values.size() == 2 ? FilterNumbers.saturated(values.get(1)) : 0;
    int digits = (int) Math.max(Math.min(wanted, MAX_DIGITS), -MAX_DIGITS);
    Number number = number(values);
    if (FilterNumbers.isReal(number)) {
      return rounded(number.doubleValue(), digits, mode);
    }
    BigDecimal decimal = FilterNumbers.decimal(number);
    return digits >= decimal.scale() ? number : decimal.setScale(digits, mode);
  }

  /** A half goes to the even neighbour, as the C library that MySQL relies on has it. */
  private static double rounded(double number, int digits, RoundingMode mode) {
    double unit = Math.pow(10, Math.abs(digits));
    double scaled = digits < 0 ? number / unit : number * unit;
    if (!Double.isFinite(scaled)) {
      return number;
    }
    double whole =
        mode == RoundingMode.HALF_UP
            ? Math.rint(scaled)
            : scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled);
    return digits < 0 ? whole * unit : whole / unit;
  }
}
