package io.swarmstream.identity;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What connections need of one identity. */
record TlsState(Identity identity, SSLContext context, X509ExtendedTrustManager trustManager) {
  /**
   * How long a session may be resumed, and so how long a peer may do with a certificate that has
   * expired since.
   */
  private static final int SESSION_SECONDS = 600;

  static TlsState of(Identity identity) {
    try {
      X509ExtendedTrustManager trust = AuthorityTrustManager.of(identity);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new OneKeyManager(identity)}, new TrustManager[] {trust}, null);
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
      return new TlsState(identity, context, trust);
    } catch (GeneralSecurityException e) {
      throw new IdentityException("TLS cannot use the identity " + identity, e);
    }
  }
}
