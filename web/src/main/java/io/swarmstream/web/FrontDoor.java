package io.swarmstream.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.schemas.signing.RandomHex;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Knows whom a server lets in that its owner's programs and browser reach on its own port: programs
 * by its token, a browser by a cookie, which it gets for the token or for the code of a link that
 * works once. Recognises requests that a foreign web page has triggered, whatever they show.
 */
public final class FrontDoor {
  private static final String BEARER = "bearer ";
  private static final int CODE_BYTES = 16;

  /** Values of {@code Sec-Fetch-Site} of a request that no foreign page has triggered. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final HostNames names;
  private final AccessToken token;
  private final String cookiePrefix;
  private final String cookie;

  /** Of the link; null once it has been used. */
  private final AtomicReference<@Nullable String> code;

  /**
   * Makes the door of a server.
   *
   * @param page what the cookie lets a browser see, such as {@code status page}: another value of
   *     the cookie for each
   * @param cookiePrefix name of the cookie; the port follows
   */
  public FrontDoor(HostNames names, AccessToken token, String page, String cookiePrefix) {
    this.names = names;
    this.token = token;
    this.cookie = token.derive(page);
    this.cookiePrefix = cookiePrefix;
    this.code = new AtomicReference<>(RandomHex.ofBytes(CODE_BYTES));
  }

  /** A header that shows that a foreign web page has triggered a request. */
  public record Foreign(String header, String value) {
    /** For people. */
    public String sentence(String server) {
      return header + " is " + value + "; " + server + " serves no other web pages than its own";
    }
  }

  /** Whether the server answers to the name in {@code Host}, without its port. */
  public boolean answersTo(String host) {
    return names.allow(host);
  }

  /**
   * What shows that a foreign web page has triggered a request; empty: nothing.
   *
   * @param origin the header of that name; null: none
   * @param host the header {@code Host} with its port; null: none
   * @param site the header {@code Sec-Fetch-Site}; null: none
   */
  public Optional<Foreign> foreign(
      @Nullable String origin, @Nullable String host, @Nullable String site) {
    if (origin != null && !authority(origin).equals(host == null ? "" : lower(host))) {
      return Optional.of(new Foreign("Origin", origin));
    }
    if (site != null && !OWN.contains(lower(site))) {
      return Optional.of(new Foreign("Sec-Fetch-Site", site));
    }
    return Optional.empty();
  }

  private static String authority(String origin) {
    int scheme = origin.indexOf("://");
    return scheme < 0 ? "null" : lower(origin.substring(scheme + 3));
  }

  /** Whether the header {@code Authorization} shows the token; null: it is not there. */
  public boolean showsToken(@Nullable String authorization) {
    return Optional.ofNullable(authorization)
        .filter(value -> lower(value).startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).strip())
        .filter(token::is)
        .isPresent();
  }

  /** Whether this is the value of the cookie. */
  public boolean isCookie(String value) {
    return same(cookie, value);
  }

  /** A browser sends the cookies of one port of a machine to all its ports. */
  public String cookieName(int port) {
    return cookiePrefix + port;
  }

  /**
   * The header {@code Set-Cookie} for a browser that shows the token, or the link's code, which
   * works once.
   */
  public Optional<String> cookieFor(String shown, int port, boolean isSecure) {
    String unused = code.get();
    boolean byCode = unused != null && same(unused, shown) && code.compareAndSet(unused, null);
    return byCode || token.is(shown)
        ? Optional.of(
            cookieName(port)
                + "="
                + cookie
                + "; Path=/; HttpOnly; SameSite=Strict"
                + (isSecure ? "; Secure" : ""))
        : Optional.empty();
  }

  /** The code of the link for a browser; empty once it has been used. */
  public String newestCode() {
    return Optional.ofNullable(code.get()).orElse("");
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  private static String lower(String value) {
    return value.toLowerCase(Locale.ROOT);
  }
}
