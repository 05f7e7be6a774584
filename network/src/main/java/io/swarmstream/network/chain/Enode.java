package io.swarmstream.network.chain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.web3j.crypto.ECKeyPair;
import org.web3j.utils.Numeric;

/**
 * Where a node takes part in the peer-to-peer network.
 *
 * @param id its public key, 128 lower-case hex digits
 * @param host name or address; an IPv6 address in square brackets
 * @param port TCP port
 */
public record Enode(String id, String host, int port) {
  private static final int ID_DIGITS = 128;

  private static final Pattern URL =
      Pattern.compile(
          "enode://([0-9a-fA-F]{128})@([0-9A-Za-z][0-9A-Za-z.-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}\\]):(\\d{1,5})(\\?discport=\\d{1,5})?");

  /**
   * Parses {@code enode://ID@HOST:PORT}.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  public static Enode parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches() || port(parts).isEmpty()) {
      throw new IllegalArgumentException(
          "\""
              + (url.length() > 200 ? url.substring(0, 200) + "..." : url)
              + "\" is no address of a peer; it has to be enode://, 128 hex digits, @, a host, : and"
              + " a port from 1 to 65535");
    }
    return new Enode(
        parts.group(1).toLowerCase(Locale.ROOT), parts.group(2), port(parts).orElseThrow());
  }

  private static Optional<Integer> port(Matcher parts) {
    return Optional.of(Integer.parseInt(parts.group(3))).filter(port -> port >= 1 && port <= 65535);
  }

  static Enode of(ECKeyPair nodeKey, String host, int port) {
    return new Enode(
        Numeric.toHexStringNoPrefixZeroPadded(nodeKey.getPublicKey(), ID_DIGITS),
        bracketed(host),
        port);
  }

  /** The same with the host's present address, since geth looks a name up only once. */
  Enode resolved() throws UnknownHostException {
    return new Enode(id, bracketed(InetAddress.getByName(host).getHostAddress()), port);
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  public String url() {
    return "enode://" + id + "@" + host + ":" + port;
  }

  @Override
  public String toString() {
    return url();
  }
}
