package io.swarmstream.site.node.http;

import io.swarmstream.site.node.NodeToken;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Who may come in: programs that show the node's token, and a browser that has been let in, which
 * may look and no more. Web pages of others may not, whatever their browser sends along.
 */
final class Door {
  private static final String BEARER = "bearer ";
  private static final int CODE_BYTES = 16;

  /** What a browser says of a request that no other page has brought about. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final HostNames names;
  private final NodeToken token;
  private final String cookie;

  /** Null once it has been used. */
  private final AtomicReference<String> code;

  Door(HostNames names, NodeToken token) {
    this.names = names;
    this.token = token;
    this.cookie = token.derive("status page");
    byte[] random = new byte[CODE_BYTES];
    new SecureRandom().nextBytes(random);
    this.code = new AtomicReference<>(HexFormat.of().formatHex(random));
  }

  /**
   * Refuses what comes from a web page of others.
   *
   * @throws ProblemException naming the header that says so
   */
  void checkOrigin(Request request) {
    String host = Request.getServerName(request);
    if (!names.allow(host)) {
      throw ProblemException.of(
              ProblemCode.BAD_VALUE,
              "Host is "
                  + host
                  + "; call this node localhost, or by its address, or start it with --allow-host "
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
            header + " is " + value + "; this node serves no other web page than its own")
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

  /** Whether it comes from a browser that has been let in. */
  boolean hasCookie(Request request) {
    return Request.getCookies(request).stream()
        .filter(sent -> sent.getName().equals(cookieName(request)))
        .map(HttpCookie::getValue)
        .anyMatch(value -> same(cookie, value));
  }

  /** Lets a browser in that shows the token, or the code of the link; each code once. */
  Optional<String> cookieFor(Request request, String shown) {
    String unused = code.get();
    boolean byCode = unused != null && same(unused, shown) && code.compareAndSet(unused, null);
    return byCode || token.is(shown)
        ? Optional.of(cookieName(request) + "=" + cookie + "; Path=/; HttpOnly; SameSite=Strict")
        : Optional.empty();
  }

  /** Browsers give the cookies of one port of a machine to all the others. */
  private static String cookieName(Request request) {
    return "swarm-node-" + Request.getLocalPort(request);
  }

  /** The code of the link that lets a browser in, once. */
  String newestCode() {
    return Optional.ofNullable(code.get()).orElse("");
  }

  ProblemException unauthorized() {
    return ProblemException.of(
            ProblemCode.UNAUTHORIZED,
            "this site node serves those who show its token: send 'Authorization: Bearer' and what is"
                + " in "
                + token.file()
                + ", or give the trainer SWARM_TOKEN_FILE with the name of that file")
        .in("Authorization");
  }

  /** Where the token lies, for people. */
  String tokenFile() {
    return token.file().toString();
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
