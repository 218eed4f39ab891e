package io.obconnect.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How far a connection trusts the server it talks to. */
public enum TlsMode {
  /** No encryption. */
  DISABLED,
  /** Encrypted; the server's certificate is not checked, so an active attacker can read along. */
  REQUIRED,
  /** Encrypted; the certificate must be signed by a trusted authority. */
  VERIFY_CA,
  /** As {@link #VERIFY_CA}, and the certificate must name the host that was asked for. */
  VERIFY_IDENTITY;

  /** The option's spelling, {@code verify-ca} for example. */
  public String optionValue() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All spellings, in order of growing trust. */
  public static List<String> optionValues() {
    return Arrays.stream(values()).map(TlsMode::optionValue).toList();
  }

  /**
   * The mode of that spelling.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static TlsMode parse(String optionValue) {
    return valueOf(optionValue.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
