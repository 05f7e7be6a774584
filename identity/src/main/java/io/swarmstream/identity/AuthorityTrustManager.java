package io.swarmstream.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts certificates of an identity's authorities.
 *
 * <p>Members without SPIFFE are known by their key, so it does not matter which authority issued
 * their certificate. A SPIFFE id is a name only, and any authority could issue it. Therefore a
 * certificate with a SPIFFE id is accepted only from the authority of that trust domain: one that
 * has the domain's id, as SPIFFE's X.509 profile recommends, or the one that issued our own
 * certificate, for our own domain.
 */
final class AuthorityTrustManager {
  private AuthorityTrustManager() {}

  static X509ExtendedTrustManager of(Identity identity) throws GeneralSecurityException {
    X509ExtendedTrustManager all = standard(identity.authorities());
    return new FollowingTrustManager(() -> all) {
      @Override
      protected X509ExtendedTrustManager delegate(X509Certificate[] chain)
          throws CertificateException {
        return chain.length > 0 && SpiffeName.isIn(chain[0]) ? ofDomain(identity, chain[0]) : all;
      }
    };
  }

  private static X509ExtendedTrustManager ofDomain(Identity identity, X509Certificate leaf)
      throws CertificateException {
    String id =
        SpiffeName.of(leaf)
            .orElseThrow(() -> new CertificateException("certificate with several SPIFFE ids"));
    String domain = SpiffeName.trustDomain(id);
    List<X509Certificate> authorities =
        Stream.concat(
                identity.authorities().stream()
                    .filter(authority -> SpiffeName.isAuthorityOf(authority, domain)),
                ownAuthority(identity, domain))
            .toList();
    if (authorities.isEmpty()) {
      throw new CertificateException(
          id
              + ": none of the authorities in ca.pem is the one of trust domain "
              + domain
              + " (it would have the URI spiffe://"
              + domain
              + " among its names)");
    }
    try {
      return standard(authorities);
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }

  private static Stream<X509Certificate> ownAuthority(Identity identity, String domain) {
    if (!identity.spiffeId().map(SpiffeName::trustDomain).filter(domain::equals).isPresent()) {
      return Stream.empty();
    }
    try {
      return Stream.ofNullable(
          CertificatePath.anchor(identity.chain(), identity.authorities(), Instant.now()));
    } catch (GeneralSecurityException e) {
      return Stream.empty(); // our own certificate has expired
    }
  }

  private static X509ExtendedTrustManager standard(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read", e);
    }
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager trust) {
        return trust;
      }
    }
    throw new GeneralSecurityException("this Java has no X.509 trust manager");
  }
}
