package io.swarmstream.shell.context;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where network nodes are that scripts call by names that no name service knows. Certificates are
 * checked against the real host.
 *
 * @param places host and port by name, in lower case
 */
public record HostAliases(Map<String, String> places) {
  /** No aliases. */
  public static final HostAliases NONE = new HostAliases(Map.of());

  public HostAliases {
    Map<String, String> lower = new LinkedHashMap<>();
    places.forEach((name, place) -> lower.put(name.toLowerCase(Locale.ROOT), checked(name, place)));
    places = Map.copyOf(lower);
  }

  /** URL of the node that a host and port mean. */
  public URI url(String host, int port) {
    String alias = places.get(host.toLowerCase(Locale.ROOT));
    if (alias != null) {
      return URI.create("https://" + alias);
    }
    String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    try {
      URI url = URI.create("https://" + name + ":" + port);
      if (url.getHost() != null && url.getUserInfo() == null && url.getPath().isEmpty()) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw new IllegalArgumentException(
        host + " is no host name and no address; write sn1 or 10.0.0.1");
  }

  private static String checked(String name, String place) {
    URI url = URI.create("https://" + place);
    if (url.getHost() == null || url.getPort() < 1) {
      throw new IllegalArgumentException(
          "alias " + name + "=" + place + " needs a host and a port, such as sn1=127.0.0.1:30304");
    }
    return place;
  }
}
