package io.swarmstream.shell.instructions.context;

/**
 * Where a service is.
 *
 * @param host name or address
 */
record ServicePlace(String host, int port) {
  /** Of a network node that is reached directly. */
  static final int API_PORT = 30304;

  /** Of a proxy in front of one. */
  private static final int PROXY_PORT = 443;

  /** Reads {@code host} or {@code host:port}. */
  static ServicePlace parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      return new ServicePlace(text, PROXY_PORT);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port > 0 && port <= 65_535) {
        return new ServicePlace(text.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new IllegalArgumentException(
        text + " is no service: write a name, or a name and a port such as api.sn1.example:443");
  }
}
