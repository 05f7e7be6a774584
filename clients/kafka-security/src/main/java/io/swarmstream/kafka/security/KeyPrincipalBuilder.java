package io.swarmstream.kafka.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.security.auth.AuthenticationContext;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.KafkaPrincipalBuilder;
import org.apache.kafka.common.security.auth.SaslAuthenticationContext;
import org.apache.kafka.common.security.auth.SslAuthenticationContext;

/**
 * Names a client of a broker by the public key of its certificate: {@code User:<SHA-256 of the DER
 * SubjectPublicKeyInfo, 64 hex digits>}. If the certificate has exactly one SPIFFE id, it is the
 * name: {@code User:spiffe://domain/path}. Set it as {@code principal.builder.class} of brokers and
 * controllers.
 *
 * <p>A name by key lets no authority issue a certificate for somebody else. For SPIFFE ids, {@link
 * ReloadingSslEngineFactory} sees to it that only the authority of the trust domain issues them.
 *
 * <p>Kafka also has it write principals for requests that a broker forwards to its controller, so
 * all nodes of a cluster need it.
 */
public final class KeyPrincipalBuilder implements KafkaPrincipalBuilder {
  /** The first byte of a forwarded principal. */
  private static final byte VERSION = 1;

  private static final String TOKEN = "token:";
  private static final String DIRECT = "direct:";

  @Override
  public KafkaPrincipal build(AuthenticationContext context) {
    if (context instanceof SslAuthenticationContext ssl) {
      try {
        return user(nameOf((X509Certificate) ssl.session().getPeerCertificates()[0]));
      } catch (SSLPeerUnverifiedException e) {
        return KafkaPrincipal.ANONYMOUS;
      }
    }
    if (context instanceof SaslAuthenticationContext sasl) {
      return user(sasl.server().getAuthorizationID());
    }
    return KafkaPrincipal.ANONYMOUS;
  }

  /**
   * Returns the name that a broker gives to clients with the identity of a folder, without {@code
   * User:}.
   *
   * @throws org.apache.kafka.common.KafkaException if the folder has no identity
   */
  public static String nameOf(Path identityFolder) {
    return nameOf(new PemFolder(identityFolder).read().chain().get(0));
  }

  /** Returns the name of the certificate's owner, without {@code User:}. */
  static String nameOf(X509Certificate certificate) {
    Optional<String> id = SpiffeIds.only(certificate);
    return id.orElseGet(() -> keyHash(certificate));
  }

  private static String keyHash(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static KafkaPrincipal user(String name) {
    return new KafkaPrincipal(KafkaPrincipal.USER_TYPE, name);
  }

  @Override
  public byte[] serialize(KafkaPrincipal principal) {
    String text =
        (principal.tokenAuthenticated() ? TOKEN : DIRECT)
            + principal.getPrincipalType()
            + ":"
            + principal.getName();
    byte[] utf8 = text.getBytes(UTF_8);
    byte[] bytes = new byte[1 + utf8.length];
    bytes[0] = VERSION;
    System.arraycopy(utf8, 0, bytes, 1, utf8.length);
    return bytes;
  }

  @Override
  public KafkaPrincipal deserialize(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new SerializationException(
          "forwarded principal of another version than "
              + VERSION
              + "; set principal.builder.class to the same build on all nodes of the cluster");
    }
    String[] parts = new String(bytes, 1, bytes.length - 1, UTF_8).split(":", 3);
    if (parts.length < 3) {
      throw new SerializationException("forwarded principal without type and name");
    }
    return new KafkaPrincipal(parts[1], parts[2], TOKEN.equals(parts[0] + ":"));
  }
}
