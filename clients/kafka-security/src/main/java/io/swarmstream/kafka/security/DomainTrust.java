package io.swarmstream.kafka.security;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts certificates of the identity's authorities; one with a SPIFFE id only from the authority
 * of its trust domain. That is one that has the domain's own id, {@code spiffe://domain}, or, for
 * this process's own domain, the one that issued its certificate. Without that rule any authority
 * could issue a certificate in the name of any SPIFFE id.
 */
final class DomainTrust extends X509ExtendedTrustManager {
  private final PemFolder.Pems own;
  private final X509ExtendedTrustManager all;

  DomainTrust(PemFolder.Pems own) throws GeneralSecurityException {
    this.own = own;
    this.all = standard(own.authorities());
  }

  static KeyStore store(List<X509Certificate> authorities) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read", e);
    }
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    return store;
  }

  private static X509ExtendedTrustManager standard(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store(authorities));
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  private X509ExtendedTrustManager of(X509Certificate[] chain) throws CertificateException {
    List<String> ids = chain.length == 0 ? List.of() : SpiffeIds.of(chain[0]);
    if (ids.isEmpty()) {
      return all;
    }
    if (ids.size() > 1) {
      throw new CertificateException("certificate with several SPIFFE ids: " + ids);
    }
    String domain = SpiffeIds.trustDomain(ids.get(0));
    try {
      List<X509Certificate> authorities =
          Stream.concat(
                  own.authorities().stream()
                      .filter(authority -> SpiffeIds.isAuthorityOf(authority, domain)),
                  ownAuthority(domain))
              .toList();
      if (!authorities.isEmpty()) {
        return standard(authorities);
      }
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
    throw new CertificateException(
        ids.get(0)
            + ": none of the authorities in ca.pem is the one of trust domain "
            + domain
            + " (it would have the URI spiffe://"
            + domain
            + " among its names)");
  }

  private Stream<X509Certificate> ownAuthority(String domain) {
    X509Certificate leaf = own.chain().get(0);
    if (SpiffeIds.only(leaf).map(SpiffeIds::trustDomain).filter(domain::equals).isEmpty()) {
      return Stream.empty();
    }
    try {
      Set<TrustAnchor> anchors =
          own.authorities().stream()
              .map(authority -> new TrustAnchor(authority, null))
              .collect(Collectors.toSet());
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      List<X509Certificate> path =
          own.chain().stream().takeWhile(each -> !own.authorities().contains(each)).toList();
      var result =
          (PKIXCertPathValidatorResult)
              CertPathValidator.getInstance("PKIX")
                  .validate(
                      CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return Stream.ofNullable(result.getTrustAnchor().getTrustedCert());
    } catch (GeneralSecurityException e) {
      return Stream.empty(); // our own certificate has expired
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    of(chain).checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    of(chain).checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    of(chain).checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    of(chain).checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    of(chain).checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    of(chain).checkServerTrusted(chain, authType);
  }

  /**
   * None: a client that is told names of authorities, and whose own is not among them, sends no
   * certificate at all, so that neither side could say which authority is missing.
   */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
