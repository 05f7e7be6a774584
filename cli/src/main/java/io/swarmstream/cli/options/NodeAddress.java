package io.swarmstream.cli.options;

import java.net.URI;

/** A network node as people write it: {@code HOST}, {@code HOST:PORT}, or the URL of its API. */
public final class NodeAddress {
  private static final int PORT = 30304;

  private NodeAddress() {}

  /**
   * The URL of the node's API.
   *
   * @throws IllegalArgumentException when the text is no address
   */
  public static URI of(String text) {
    String address = text.startsWith("https://") ? text : "https://" + text;
    try {
      URI given = URI.create(address);
      if (given.getHost() != null && given.getPath().replace("/", "").isEmpty()) {
        int port = given.getPort() < 0 ? PORT : given.getPort();
        return URI.create("https://" + given.getHost() + ":" + port);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "a network node is HOST:PORT, such as network.org-a.example:30304, and \""
            + text
            + "\" is none");
  }
}
