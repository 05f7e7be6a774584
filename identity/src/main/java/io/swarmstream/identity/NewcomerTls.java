package io.swarmstream.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS of a client that has no certificate yet, such as one with an invitation. A server would end a
 * connection with a certificate of an authority that it does not know.
 */
public final class NewcomerTls {
  private NewcomerTls() {}

  /** A context that trusts these authorities and shows nothing. */
  public static SSLContext trusting(List<X509Certificate> authorities) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry(Authorities.fingerprint(authority), authority);
      }
      TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
      trusted.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IdentityException("this Java has no TLS: " + e.getMessage(), e);
    }
  }
}
