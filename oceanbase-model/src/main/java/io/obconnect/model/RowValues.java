package io.obconnect.model;

/**
 * One row as a {@link RowFilter} reads it. A value is one of these, whatever it came from:
 *
 * <ul>
 *   <li>{@code null}: NULL
 *   <li>{@code Long}: TINYINT to BIGINT, YEAR, BIT(63) and below
 *   <li>{@code BigInteger}: what exceeds a long of BIGINT UNSIGNED and BIT(64)
 *   <li>{@code BigDecimal}: DECIMAL, with the column's scale, which decides the digits of a
 *       quotient
 *   <li>{@code Double}: DOUBLE, and FLOAT widened without a detour over its text
 *   <li>{@code String}: CHAR, VARCHAR, TEXT, ENUM and SET by their labels, JSON
 *   <li>{@code byte[]}: BINARY, VARBINARY, BLOB and all that has no other form here
 *   <li>{@code LocalDate}: DATE
 *   <li>{@code LocalDateTime}: DATETIME, and TIMESTAMP as the wall clock of UTC
 *   <li>{@code Duration}: TIME
 *   <li>{@code Boolean}: what a source delivers as true and false; counts as 1 and 0
 * </ul>
 */
@FunctionalInterface
public interface RowValues {

  /**
   * Returns the column's value.
   *
   * @param column the name as the filter spells it; upper and lower case are the same to MySQL
   * @throws IllegalArgumentException when the row has no such column
   */
  Object value(String column);
}
