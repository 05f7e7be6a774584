package io.swarmstream.licence;

import io.swarmstream.identity.KeyHash;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRoute;
import io.swarmstream.web.Gate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

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
    return (route, shown) -> admit(route, shown.certificates(), admins, partners);
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
    LicenceCaller caller = new LicenceCaller(KeyHash.of(leaf), CertificateOrganisation.of(leaf));
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
}
