package io.swarmstream.identity;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A key that waits for its certificate. It is made once and kept in a file of mode 0600, so that
 * whoever asks for the certificate can be stopped in between, and asks for the same one again.
 */
public final class PendingKey {
  private final Path file;
  private final PrivateKey key;
  private final CertificateRequest request;

  private PendingKey(Path file, PrivateKey key, CertificateRequest request) {
    this.file = file;
    this.key = key;
    this.request = request;
  }

  public static boolean exists(Path file) {
    return Files.exists(file);
  }

  /**
   * Reads the key of a file; makes one if there is no file.
   *
   * @param name in the request for its certificate
   */
  public static PendingKey in(Path file, String name) throws IOException {
    if (!exists(file)) {
      KeyPair made = CertificateRequest.newKey();
      PrivateFiles.write(
          file, CertificateRequest.of(made, name).pem() + PrivateKeys.pem(made.getPrivate()));
    }
    String text = Pem.text(file);
    return new PendingKey(
        file, PrivateKeys.read(text, file.toString(), null), CertificateRequest.ofPem(text));
  }

  /** Asks for the certificate of the key. */
  public CertificateRequest request() {
    return request;
  }

  public String keyHash() {
    return request.keyHash();
  }

  /** The identity that the key is with its certificate. */
  public Identity with(List<X509Certificate> chain, List<X509Certificate> authorities) {
    return new Identity(key, chain, authorities);
  }

  /** Deletes the file, once an identity folder has the key. */
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
