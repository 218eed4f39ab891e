package io.obconnect.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;

/**
 * A part of a compiled row filter: a function of a row. Immutable.
 *
 * <p>Values are those of {@link RowValues}; what a filter computes adds {@link FilterBits}. NULL is
 * null, and the truth values are Boolean or null, which stands for unknown.
 */
@FunctionalInterface
interface FilterExpression {

  /**
   * Returns the expression's value for that row.
   *
   * @throws RowFilterException when it has none, for example an order of a time and a date
   */
  Object value(RowValues row);

  /** A value that stands in the filter. */
  record Literal(Object constant) implements FilterExpression {
    @Override
    public Object value(RowValues row) {
      return constant;
    }
  }

  /** A column of the row. */
  record Column(String name) implements FilterExpression {

    private static final Set<Class<?>> TYPES =
        Set.of(
            Long.class,
            BigInteger.class,
            BigDecimal.class,
            Double.class,
            String.class,
            byte[].class,
            LocalDate.class,
            LocalDateTime.class,
            Duration.class,
            Boolean.class);

    @Override
    public Object value(RowValues row) {
      Object value = row.value(name);
      if (value == null || TYPES.contains(value.getClass())) {
        return value;
      }
      throw new IllegalArgumentException(
          "column "
              + SqlText.identifier(name)
              + ": a filter cannot read a value of "
              + value.getClass());
    }
  }
}
