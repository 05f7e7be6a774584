package io.swarmstream.local.processes;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.RandomHex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.flink.util.FileUtils;

/**
 * The key of one kind of link inside a cluster: all its ends have the same key and trust no other.
 * Anyone who can read the cluster's folder has it; no member of the swarm and no web page does.
 *
 * <p>The authorities of the swarm are not trusted here on purpose: whoever reaches Flink's ports
 * runs code, and each site has a certificate of such an authority.
 */
final class LinkKeys {
  /** Flink and ZooKeeper read keys when they start: an end would stop the cluster. */
  private static final Duration VALIDITY = Duration.ofDays(3650);

  /**
   * Flink's default, and the same for elliptic curves; clusters of earlier builds have RSA keys.
   */
  static final String CIPHERS =
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,"
          + "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";

  private static final int PASSWORD_BYTES = 24;
  private static final String TYPE = "PKCS12";

  private final Path folder;
  private final String link;

  /**
   * @param folder the cluster's configuration
   * @param link such as {@code rest}; names the files
   */
  LinkKeys(Path folder, String link) {
    this.folder = folder;
    this.link = link;
  }

  private Path store() {
    return folder.resolve(link + ".p12");
  }

  private Path password() {
    return folder.resolve(link + ".password");
  }

  /** The key and its certificate as PEM, for programs that need no password then. */
  Path pem() {
    return folder.resolve(link + ".pem");
  }

  /** Whom to trust, as PEM: the authority that issued this certificate, no other, and is gone. */
  Path authority() {
    return folder.resolve(link + ".ca.pem");
  }

  boolean exist() {
    return Files.exists(store()) && Files.exists(password());
  }

  /** Creates the key, unless it exists. */
  void make() throws IOException {
    if (exist()) {
      return;
    }
    String secret = RandomHex.ofBytes(PASSWORD_BYTES);
    Identity identity = identity(List.of("localhost", "127.0.0.1", "::1"));
    PrivateFiles.write(password(), secret);
    writePem(identity);
    byte[] stored = pkcs12(identity, secret.toCharArray());
    Path next = folder.resolve(link + ".next.p12");
    Files.deleteIfExists(next);
    Files.write(PrivateFiles.file(next), stored);
    PrivateFiles.rename(next, store()); // last: it says that all files are there
  }

  /** Makes the key with an authority that is gone afterwards: nobody can issue a second one. */
  private Identity identity(Collection<String> hosts) throws IOException {
    Path passing = folder.resolve(link + ".authority");
    FileUtils.deleteDirectory(passing.toFile());
    try {
      return CertificateAuthority.create(passing, "swarm cluster")
          .issueFor(CertificateRequest.newKey(), link, hosts, VALIDITY);
    } finally {
      FileUtils.deleteDirectory(passing.toFile());
    }
  }

  private void writePem(Identity identity) throws IOException {
    Path passing = folder.resolve(link + ".identity");
    try {
      IdentityFolder written = IdentityFolder.at(passing);
      written.write(identity);
      PrivateFiles.write(
          pem(), Files.readString(written.keyFile()) + Files.readString(written.certificateFile()));
      PrivateFiles.write(authority(), Files.readString(written.authoritiesFile()));
    } finally {
      FileUtils.deleteDirectory(passing.toFile());
    }
  }

  private static byte[] pkcs12(Identity identity, char[] secret) throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance(TYPE);
      keys.load(null, null);
      keys.setKeyEntry(
          "link", identity.key(), secret, identity.chain().toArray(Certificate[]::new));
      // A server names the authorities that it trusts, and clients offer what these have issued.
      keys.setCertificateEntry("authority", identity.authorities().get(0));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      keys.store(bytes, secret);
      return bytes.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java writes PKCS#12", e);
    }
  }

  /** Flink's settings for the key; {@code security.ssl.LINK} is their prefix. */
  Map<String, String> flink() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    String prefix = "security.ssl." + link + ".";
    settings.put(prefix + "enabled", "true");
    String secret = secret();
    for (String kind : List.of("keystore", "truststore")) {
      settings.put(prefix + kind, store().toString());
      settings.put(prefix + kind + "-type", TYPE);
      settings.put(prefix + kind + "-password", secret);
    }
    settings.put(prefix + "key-password", secret);
    return settings;
  }

  /** The TLS context of this product's own clients. */
  SSLContext context() throws IOException {
    try (InputStream stored = Files.newInputStream(store())) {
      KeyStore keys = KeyStore.getInstance(TYPE);
      char[] secret = secret().toCharArray();
      keys.load(stored, secret);
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, secret);
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(keys);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the key "
              + store()
              + " cannot be read; stop the cluster, delete the file and start the cluster again",
          e);
    }
  }

  private String secret() throws IOException {
    return Files.readString(password()).strip();
  }
}
