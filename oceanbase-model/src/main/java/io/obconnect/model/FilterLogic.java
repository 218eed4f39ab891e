package io.obconnect.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** SQL's logic of three values: true, false and unknown, which is null. */
final class FilterLogic {

  private FilterLogic() {}

  /** Returns what a value counts as; null for NULL. */
  static Boolean truth(Object value) {
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    Number number = FilterNumbers.number(value);
    if (number instanceof BigDecimal decimal) {
      return decimal.signum() != 0;
    }
    return number instanceof BigInteger large ? large.signum() != 0 : number.doubleValue() != 0;
  }

  static FilterExpression not(FilterExpression operand) {
    return row -> {
      Boolean truth = truth(operand.value(row));
      return truth == null ? null : !truth;
    };
  }

  static FilterExpression and(List<FilterExpression> operands) {
    return decidedBy(false, operands);
  }

  static FilterExpression or(List<FilterExpression> operands) {
    return decidedBy(true, operands);
  }

  /** One operand of the deciding value decides; without it, one that is unknown. */
  private static FilterExpression decidedBy(boolean deciding, List<FilterExpression> operands) {
    return row -> {
      Boolean result = !deciding;
      for (FilterExpression operand : operands) {
        Boolean truth = truth(operand.value(row));
        if (truth == null) {
          result = null;
        } else if (truth == deciding) {
          return deciding;
        }
      }
      return result;
    };
  }

  static FilterExpression xor(List<FilterExpression> operands) {
    return row -> {
      boolean result = false;
      for (FilterExpression operand : operands) {
        Boolean truth = truth(operand.value(row));
        if (truth == null) {
          return null;
        }
        result ^= truth;
      }
      return result;
    };
  }

  /** {@code IS TRUE} and {@code IS FALSE}, which are never unknown. */
  static FilterExpression is(FilterExpression operand, boolean wanted) {
    return row -> {
      Boolean truth = truth(operand.value(row));
      return truth != null && truth == wanted;
    };
  }

  static FilterExpression isNull(FilterExpression operand) {
    return row -> operand.value(row) == null;
  }

  static FilterExpression in(FilterExpression operand, List<FilterExpression> list) {
    return or(
        list.stream().map(e -> FilterComparison.of(operand, e, order -> order == 0)).toList());
  }

  static FilterExpression between(
      FilterExpression operand, FilterExpression low, FilterExpression high) {
    return and(
        List.of(
            FilterComparison.of(operand, low, order -> order >= 0),
            FilterComparison.of(operand, high, order -> order <= 0)));
  }
}
