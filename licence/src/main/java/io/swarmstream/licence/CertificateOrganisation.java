package io.swarmstream.licence;

import io.swarmstream.identity.SpiffeName;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Whose nodes a certificate is for. */
public final class CertificateOrganisation {
  private CertificateOrganisation() {}

  /** The trust domain of a SPIFFE certificate, else its O; empty if it has neither. */
  public static String of(X509Certificate certificate) {
    return SpiffeName.of(certificate)
        .map(SpiffeName::trustDomain)
        .orElseGet(() -> organisationOf(certificate.getSubjectX500Principal().getName()));
  }

  private static String organisationOf(String subject) {
    try {
      return new LdapName(subject)
          .getRdns().stream()
              .filter(part -> part.getType().toUpperCase(Locale.ROOT).equals("O"))
              .map(part -> String.valueOf(part.getValue()))
              .findFirst()
              .orElse("");
    } catch (InvalidNameException e) {
      return "";
    }
  }
}
