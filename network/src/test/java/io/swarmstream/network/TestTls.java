package io.swarmstream.network;

import io.swarmstream.identity.Authorities;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS of somebody who trusts authorities and has no certificate. */
final class TestTls {
  private TestTls() {}

  static SSLContext trusting(List<String> authorities) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (String pem : authorities) {
      for (var certificate : Authorities.ofPem(pem, "test")) {
        store.setCertificateEntry(Authorities.fingerprint(certificate), certificate);
      }
    }
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    return context;
  }
}
