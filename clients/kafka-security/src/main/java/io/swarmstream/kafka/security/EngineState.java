package io.swarmstream.kafka.security;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.kafka.common.KafkaException;

/**
 * What connections need of one identity. A new identity has a new session cache, too.
 *
 * @param principal by which brokers know it
 */
record EngineState(
    String subject,
    String principal,
    Instant expiresAt,
    SSLContext context,
    KeyStore keys,
    KeyStore authorities) {
  /** How long a session may be resumed, and so how long an expired certificate may do. */
  private static final int SESSION_SECONDS = 600;

  private static final char[] IN_MEMORY = {};

  static EngineState of(PemFolder.Pems read) {
    X509Certificate leaf = read.chain().get(0);
    try {
      KeyStore keys = DomainTrust.store(List.of());
      keys.setKeyEntry(
          "identity", read.key(), IN_MEMORY, read.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, IN_MEMORY);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), new TrustManager[] {new DomainTrust(read)}, null);
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
      return new EngineState(
          leaf.getSubjectX500Principal() + ", " + KeyPrincipalBuilder.nameOf(leaf),
          KeyPrincipalBuilder.nameOf(leaf),
          leaf.getNotAfter().toInstant(),
          context,
          keys,
          DomainTrust.store(read.authorities()));
    } catch (GeneralSecurityException e) {
      throw new KafkaException("TLS cannot use " + leaf.getSubjectX500Principal(), e);
    }
  }
}
