package io.swarmstream.licence;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;

/** Licences of an issuer of the tests. */
final class TestLicences {
  static final KeyPair ISSUER = key("Ed25519");

  private TestLicences() {}

  static KeyPair key(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Two sites and one network node of hospital-a, one site of hospital-b. */
  static Entitlement entitlement(String issued, String until) {
    return new Entitlement(
        "covid-ct",
        issued,
        until,
        List.of(
            new Entitlement.Share("hospital-a", 1, 2, 0),
            new Entitlement.Share("hospital-b", 0, 1, 0)));
  }

  static String licence() {
    return LicenceText.sign(entitlement("2026-11-01T00:00:00Z", "2099-12-31"), ISSUER.getPrivate());
  }

  static LeaseRequest site(String organisation, String nodeId) {
    return new LeaseRequest("SL", organisation, nodeId);
  }
}
