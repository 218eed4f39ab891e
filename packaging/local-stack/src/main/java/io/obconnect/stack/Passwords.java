package io.obconnect.stack;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random secrets and identifiers. */
final class Passwords {
  private static final int BYTES = 16;

  private Passwords() {}

  /** Hexadecimal digits only: needs no quoting in SQL, in a shell or in a URL. */
  static String random() {
    return HexFormat.of().formatHex(bytes());
  }

  /** A Kafka cluster id: 16 bytes, URL-safe base64 without padding. */
  static String kafkaUuid() {
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    // Kafka's tools would read a leading dash as an option.
    return id.startsWith("-") ? "A" + id.substring(1) : id;
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
