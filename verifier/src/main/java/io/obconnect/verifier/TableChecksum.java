package io.obconnect.verifier;

import java.util.Objects;

/**
 * The order-free fingerprint of all rows of one table, read in one statement.
 *
 * @param rows number of rows
 * @param hashedRows number of rows that have a hash; fewer than {@code rows} means the fingerprint
 *     misses rows
 * @param xor BIT_XOR of the 64-bit row hashes as an unsigned decimal number
 * @param sum exact sum of the row hashes; unlike the XOR it does not cancel pairs of equal rows
 */
public record TableChecksum(long rows, long hashedRows, String xor, String sum) {

  public TableChecksum {
    Objects.requireNonNull(xor, "xor");
    Objects.requireNonNull(sum, "sum");
    if (rows < 0 || hashedRows < 0 || hashedRows > rows) {
      throw new IllegalArgumentException(hashedRows + " hashed of " + rows + " rows is impossible");
    }
  }

  /** Whether every row is part of the fingerprint. */
  public boolean complete() {
    return rows == hashedRows;
  }
}
