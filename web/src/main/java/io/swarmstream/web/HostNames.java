package io.swarmstream.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides which names in {@code Host} a server answers to: addresses, localhost, and those that its
 * owner has allowed. The owner of a web page can make a name of its own resolve to this machine
 * (DNS rebinding), and the page would then reach the server as if it came from it. With an address
 * that does not work.
 */
public final class HostNames {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  private final Set<String> allowed;

  /**
   * Answers to these, too.
   *
   * @param allowed names without a port
   */
  public HostNames(Set<String> allowed) {
    this.allowed =
        allowed.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /**
   * Whether the server answers to a name.
   *
   * @param host without the port; an IPv6 address with or without its brackets
   */
  public boolean allow(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || allowed.contains(name)
        || IPV4.matcher(name).matches()
        || isIpv6(name);
  }

  /** A text with a colon is parsed without a look-up. */
  private static boolean isIpv6(String name) {
    boolean bracketed = name.startsWith("[") && name.endsWith("]");
    String address = bracketed ? name.substring(1, name.length() - 1) : name;
    if (address.indexOf(':') < 0) {
      return false;
    }
    try {
      return InetAddress.getByName("[" + address + "]") != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
