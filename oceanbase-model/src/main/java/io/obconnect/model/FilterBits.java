package io.obconnect.model;

import java.math.BigInteger;
import java.util.HexFormat;

/**
 * A hexadecimal or bit literal: bytes, but a number where a number is needed.
 *
 * @param digits hexadecimal digits, two for each byte
 */
record FilterBits(String digits) {

  static FilterBits ofHex(String digits) {
    return new FilterBits(digits.length() % 2 == 0 ? digits : "0" + digits);
  }

  static FilterBits ofBinary(String digits) {
    if (digits.isEmpty()) {
      return new FilterBits("");
    }
    int bytes = (digits.length() + 7) / 8;
    String hex = new BigInteger(digits, 2).toString(16);
    return new FilterBits("0".repeat(2 * bytes - hex.length()) + hex);
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(digits);
  }

  Number number() {
    return digits.isEmpty() ? 0L : FilterNumbers.normal(new BigInteger(digits, 16));
  }
}
