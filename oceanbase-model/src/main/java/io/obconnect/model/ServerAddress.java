package io.obconnect.model;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a database server listens.
 *
 * @param host name or address; an IPv6 address is kept without its brackets
 * @param port TCP port, 1 to 65535
 */
public record ServerAddress(String host, int port) {
  /** Everything that could end the host in a JDBC URL and begin something else. */
  private static final Pattern NOT_IN_A_HOST = Pattern.compile("[\\s/?#@&=,;()\\[\\]\\\\'\"]");

  public ServerAddress {
    Objects.requireNonNull(host, "host");
    if (host.isBlank()) {
      throw new IllegalArgumentException("a server address needs a host");
    }
    if (NOT_IN_A_HOST.matcher(host).find()) {
      throw new IllegalArgumentException(
          "'" + host + "' is no host: a name or an address is wanted, not a URL");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
  }

  /**
   * Reads {@code host:port}, an IPv6 host in brackets.
   *
   * @throws IllegalArgumentException when the text has another form; the message says which form is
   *     wanted
   */
  public static ServerAddress parse(String text) {
    String trimmed = text.strip();
    int colon = trimmed.lastIndexOf(':');
    boolean bracketed = trimmed.startsWith("[");
    if (colon < 1
        || (bracketed && trimmed.charAt(colon - 1) != ']')
        || (!bracketed && trimmed.indexOf(':') != colon)) {
      throw new IllegalArgumentException(
          "'"
              + trimmed
              + "' is not of the form host:port, an IPv6 host in brackets (OceanBase: 2881 on a server, 2883 on"
              + " ODP)");
    }
    String host = trimmed.substring(0, colon);
    try {
      return new ServerAddress(
          bracketed ? host.substring(1, host.length() - 1) : host,
          Integer.parseInt(trimmed.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + trimmed + "' has no number after the colon", e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
