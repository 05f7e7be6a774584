package io.swarmstream.licence;

import io.swarmstream.identity.KeyHash;
import io.swarmstream.identity.SpiffeName;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.Gate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * Who calls a licence server.
 *
 * @param organisation of the certificate: its O, or its SPIFFE trust domain; may be empty
 */
record LicenceCaller(String keyHash, String organisation) {
  static final String NODE = "whoever has a certificate";
  static final String ADMIN = "administrators";
  static final String PARTNER = "the other server";

  /** Lets in by certificate. The server's own key is an administrator's. */
  static Gate<LicenceCaller> gate(Set<String> admins, Set<String> partners) {
    return (route, certificates) -> admit(route, certificates, admins, partners);
  }

  private static LicenceCaller admit(
      ApiRoute<LicenceCaller> route,
      List<X509Certificate> certificates,
      Set<String> admins,
      Set<String> partners) {
    if (certificates.isEmpty()) {
      throw ApiProblem.of(
          401, "no-certificate", "show a certificate of an authority in this server's ca.pem");
    }
    X509Certificate leaf = certificates.get(0);
    LicenceCaller caller = new LicenceCaller(KeyHash.of(leaf), organisation(leaf));
    boolean isIn =
        switch (route.entry()) {
          case ADMIN -> admins.contains(caller.keyHash());
          case PARTNER -> partners.contains(caller.keyHash());
          default -> true;
        };
    if (!isIn) {
      throw ApiProblem.of(
          403,
          "not-allowed",
          route.summary()
              + " Only "
              + route.entry()
              + " may; the key "
              + caller.keyHash()
              + " is none of "
              + (route.entry().equals(ADMIN) ? "theirs (--admin)" : "its (--partner-key)"));
    }
    return caller;
  }

  private static String organisation(X509Certificate certificate) {
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
