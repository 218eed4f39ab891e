package io.obconnect.verifier;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The same aggregate as the SQL one, for rows hashed on this side. */
final class RowHashAggregate {

  private final MessageDigest sha256;
  private long rows;
  private long xor;
  private BigInteger sum = BigInteger.ZERO;

  RowHashAggregate() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void add(String rowText) {
    long hash = ByteBuffer.wrap(sha256.digest(rowText.getBytes(StandardCharsets.UTF_8))).getLong();
    rows++;
    xor ^= hash;
    sum = sum.add(new BigInteger(Long.toUnsignedString(hash)));
  }

  TableChecksum checksum() {
    return new TableChecksum(rows, rows, Long.toUnsignedString(xor), sum.toString());
  }
}
