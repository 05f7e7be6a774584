package io.swarmstream.web;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller shows of itself.
 *
 * @param certificates of the client, leaf first, verified by TLS; empty when it showed none
 * @param session value of the server's {@link SessionCookie}; null: none
 * @param isChange whether the request may change something
 * @param isMarked whether it has the header {@link #MARKER}, which no form and no foreign page
 *     sends
 */
public record Credentials(
    List<X509Certificate> certificates,
    @Nullable String session,
    boolean isChange,
    boolean isMarked) {
  /** The pages send it with each change; its value is 1. */
  public static final String MARKER = "X-Swarm-Console";

  public Credentials {
    certificates = List.copyOf(certificates);
  }

  /** Those of a program, which shows a certificate or nothing. */
  public static Credentials of(List<X509Certificate> certificates) {
    return new Credentials(certificates, null, false, false);
  }

  /** The value of the cookie may not come into a log. */
  @Override
  public String toString() {
    return "Credentials["
        + certificates.size()
        + " certificates, session "
        + (session != null)
        + "]";
  }
}
