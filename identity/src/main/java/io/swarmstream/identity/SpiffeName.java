package io.swarmstream.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads SPIFFE ids, such as {@code spiffe://domain/path}, from certificates. */
public final class SpiffeName {
  private static final String SCHEME = "spiffe://";
  private static final int URI = 6; // the type of a subject alternative name in RFC 5280

  private SpiffeName() {}

  /** Returns the id of a certificate; empty unless it has exactly one. */
  public static Optional<String> of(X509Certificate certificate) {
    List<String> ids = uris(certificate).stream().filter(uri -> uri.startsWith(SCHEME)).toList();
    return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
  }

  /** Whether a certificate has any SPIFFE id, and so claims to be of a trust domain. */
  static boolean isIn(X509Certificate certificate) {
    return uris(certificate).stream().anyMatch(uri -> uri.startsWith(SCHEME));
  }

  /** Returns the trust domain of an id. */
  public static String trustDomain(String id) {
    String rest = id.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  /** Whether an authority names itself as the one of a trust domain: its id has no path. */
  public static boolean isAuthorityOf(X509Certificate authority, String trustDomain) {
    return of(authority).filter((SCHEME + trustDomain)::equals).isPresent();
  }

  private static List<String> uris(X509Certificate certificate) {
    try {
      @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(URI))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of(); // PKIX refuses the certificate, with the reason
    }
  }
}
