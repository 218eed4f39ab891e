package io.obconnect.stack;

/** A host and a TCP port, written {@code host:port} or {@code [ipv6]:port}. */
public record HostPort(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String digits = text.substring(colon + 1);
    boolean bareIpv6 = host.contains(":") && !host.matches("\\[.*]");
    if (host.isEmpty() || bareIpv6 || !digits.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("not host:port: " + text);
    }
    int port = Integer.parseInt(digits);
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + " is not in 1 to " + MAX_PORT);
    }
    return new HostPort(host, port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
