package io.swarmstream.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Until when the certificate in an identity folder is valid, read anew each time. */
public final class CertificateExpiry {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateExpiry.class);

  private CertificateExpiry() {}

  /**
   * The end of the first certificate's validity, which is that of the node itself.
   *
   * @param identity folder with {@code cert.pem}
   * @return empty when there is no such file or it cannot be read
   */
  public static Optional<Instant> in(Path identity) {
    Path file = identity.resolve("cert.pem");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream pem = Files.newInputStream(file)) {
      // It reads one certificate and leaves the rest of the chain.
      X509Certificate leaf =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      return Optional.of(leaf.getNotAfter().toInstant());
    } catch (IOException | CertificateException e) {
      LOG.warn("Cannot read until when the certificate in {} is valid: {}", file, e.getMessage());
      return Optional.empty();
    }
  }
}
