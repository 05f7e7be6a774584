package io.swarmstream.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows a chain of certificates to an authority. Does not ask for revocation lists. */
final class CertificatePath {
  private CertificatePath() {}

  /** Says what is wrong with a chain at some time; empty if nothing is. */
  static Optional<String> problem(
      List<X509Certificate> chain, List<X509Certificate> authorities, Instant at) {
    for (X509Certificate certificate : chain) {
      Optional<String> wrong = wrongTime(certificate, at);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    try {
      var unused = anchor(chain, authorities, at);
      return Optional.empty();
    } catch (CertPathValidatorException e) {
      return Optional.of(
          e.getReason() instanceof java.security.cert.PKIXReason
              ? "the certificate of "
                  + chain.get(0).getSubjectX500Principal()
                  + ", issued by "
                  + chain.get(chain.size() - 1).getIssuerX500Principal()
                  + ", does not end at one of the "
                  + authorities.size()
                  + " authorities: add the issuer to ca.pem or the intermediate certificates to"
                  + " cert.pem"
              : "the certificate of "
                  + chain.get(0).getSubjectX500Principal()
                  + " is refused: "
                  + e.getMessage());
    } catch (GeneralSecurityException e) {
      return Optional.of("the certificate cannot be checked: " + e.getMessage());
    }
  }

  /** Returns the authority at the end of a chain; null if the leaf itself is an authority. */
  static @Nullable X509Certificate anchor(
      List<X509Certificate> chain, List<X509Certificate> authorities, Instant at)
      throws GeneralSecurityException {
    List<X509Certificate> path = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      if (authorities.contains(certificate)) {
        break;
      }
      path.add(certificate);
    }
    if (path.isEmpty()) {
      return null;
    }
    Set<TrustAnchor> anchors = new HashSet<>();
    authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    var result =
        (PKIXCertPathValidatorResult)
            CertPathValidator.getInstance("PKIX")
                .validate(
                    CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    return result.getTrustAnchor().getTrustedCert();
  }

  private static Optional<String> wrongTime(X509Certificate certificate, Instant at) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    String which = "the certificate of " + certificate.getSubjectX500Principal();
    if (at.isAfter(until)) {
      return Optional.of(which + " expired at " + until + ", " + ago(until, at) + " ago; renew it");
    }
    if (at.isBefore(from)) {
      return Optional.of(
          which
              + " is valid from "
              + from
              + " only, and it is "
              + at
              + "; check this machine's clock");
    }
    return Optional.empty();
  }

  private static String ago(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    return duration.toDays() > 0 ? duration.toDays() + " days" : duration.toMinutes() + " minutes";
  }
}
