package io.swarmstream.kafka.security;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads SPIFFE ids from certificates. */
final class SpiffeIds {
  private static final String SCHEME = "spiffe://";
  private static final int URI = 6; // the type of a subject alternative name in RFC 5280

  private SpiffeIds() {}

  static Optional<String> only(X509Certificate certificate) {
    List<String> ids = of(certificate);
    return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
  }

  static List<String> of(X509Certificate certificate) {
    try {
      @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(URI))
              .map(name -> String.valueOf(name.get(1)))
              .filter(name -> name.startsWith(SCHEME))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of(); // PKIX refuses the certificate, with the reason
    }
  }

  static String trustDomain(String id) {
    String rest = id.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  static boolean isAuthorityOf(X509Certificate authority, String trustDomain) {
    return only(authority).filter((SCHEME + trustDomain)::equals).isPresent();
  }
}
