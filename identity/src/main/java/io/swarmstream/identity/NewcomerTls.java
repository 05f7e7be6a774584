package io.swarmstream.identity;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** TLS of a client that has no certificate yet, but knows whom to trust. */
public final class NewcomerTls {
  private NewcomerTls() {}

  /** A context that trusts these authorities and shows no certificate. */
  public static SSLContext trusting(Collection<X509Certificate> authorities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          null,
          new TrustManager[] {AuthorityTrustManager.standard(List.copyOf(authorities))},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IdentityException("TLS cannot use the authorities of the network nodes", e);
    }
  }
}
