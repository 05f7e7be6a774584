package io.swarmstream.site.node.http;

import io.swarmstream.schemas.signing.RandomHex;
import io.swarmstream.site.node.NodeToken;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Decides who may call the node: programs that show its token, and browsers with a cookie, which
 * may only view the status. Refuses requests that a foreign web page has triggered, whatever they
 * show.
 */
final class Door {
  private static final String BEARER = "bearer ";
  private static final int CODE_BYTES = 16;

  /** Values of {@code Sec-Fetch-Site} of a request that no foreign page has triggered. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final HostNames names;
  private final NodeToken token;
  private final String cookie;
  private final boolean isBeyond;

  /** Of the link; null once it has been used. */
  private final AtomicReference<String> code;

  /**
   * Makes the door of a server.
   *
   * @param isBeyond whether other machines reach the server, which always means TLS
   */
  Door(HostNames names, NodeToken token, boolean isBeyond) {
    this.names = names;
    this.isBeyond = isBeyond;
    this.token = token;
    this.cookie = token.derive("status page");
    this.code = new AtomicReference<>(RandomHex.ofBytes(CODE_BYTES));
  }

  /**
   * Refuses a request that a foreign web page has triggered.
   *
   * @throws ProblemException naming the header that shows it
   */
  void checkOrigin(Request request) {
    String host = Request.getServerName(request);
    if (!names.allow(host)) {
      throw ProblemException.of(
              ProblemCode.BAD_VALUE,
              "Host is "
                  + host
                  + "; use localhost or the node's address, or start the node with --allow-host "
                  + host)
          .in("Host");
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String called = request.getHeaders().get(HttpHeader.HOST);
    if (origin != null && !authority(origin).equals(called == null ? "" : lower(called))) {
      throw crossSite("Origin", origin);
    }
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null && !OWN.contains(lower(site))) {
      throw crossSite("Sec-Fetch-Site", site);
    }
  }

  private static String authority(String origin) {
    int scheme = origin.indexOf("://");
    return scheme < 0 ? "null" : lower(origin.substring(scheme + 3));
  }

  private static ProblemException crossSite(String header, String value) {
    return ProblemException.of(
            ProblemCode.CROSS_SITE,
            header + " is " + value + "; this node does not serve other web pages than its own")
        .in(header);
  }

  /** Whether the request shows the node's token. */
  boolean hasToken(Request request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
        .filter(value -> lower(value).startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).strip())
        .filter(token::is)
        .isPresent();
  }

  /** Whether the request has the cookie of this node. */
  boolean hasCookie(Request request) {
    return Request.getCookies(request).stream()
        .filter(sent -> sent.getName().equals(cookieName(request)))
        .map(HttpCookie::getValue)
        .anyMatch(value -> same(cookie, value));
  }

  /** The cookie for a browser that shows the token, or the link's code, which works once. */
  Optional<String> cookieFor(Request request, String shown) {
    String unused = code.get();
    boolean byCode = unused != null && same(unused, shown) && code.compareAndSet(unused, null);
    return byCode || token.is(shown)
        ? Optional.of(
            cookieName(request)
                + "="
                + cookie
                + "; Path=/; HttpOnly; SameSite=Strict"
                + (request.isSecure() ? "; Secure" : ""))
        : Optional.empty();
  }

  /** A browser sends the cookies of one port of a machine to all its ports. */
  private static String cookieName(Request request) {
    return "swarm-node-" + Request.getLocalPort(request);
  }

  /** The code of the link for a browser; empty once it has been used. */
  String newestCode() {
    return Optional.ofNullable(code.get()).orElse("");
  }

  ProblemException unauthorized() {
    return ProblemException.of(
            ProblemCode.UNAUTHORIZED,
            "this site node requires its token: send 'Authorization: Bearer' and the content of "
                + tokenFile()
                + ", or set SWARM_TOKEN_FILE to the name of that file for the trainer")
        .in("Authorization");
  }

  /** Whether other machines reach the server: then strangers learn nothing about it. */
  boolean isBeyond() {
    return isBeyond;
  }

  /** Where the token is, for people. */
  String tokenFile() {
    return isBeyond
        ? "the file '" + NodeToken.FILE + "' in the node's folder"
        : token.file().toString();
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        other.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String lower(String value) {
    return value.toLowerCase(Locale.ROOT);
  }
}
