package io.swarmstream.local.processes;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The key by which Flink's REST endpoints and their clients authenticate each other. Both sides use
 * the same key: anyone who can read the cluster's folder has it, and no web page does.
 *
 * <p>Without it, the endpoint accepts jobs, and thus code, from anything that posts a form, such as
 * a page in a browser on this machine.
 */
final class RestKeys {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PASSWORD_BYTES = 24;

  private final Path store;
  private final Path password;

  /**
   * @param folder the cluster's configuration
   */
  RestKeys(Path folder) {
    this.store = folder.resolve("rest.p12");
    this.password = folder.resolve("rest.password");
  }

  boolean exist() {
    return Files.exists(store) && Files.exists(password);
  }

  /** Creates the keys, unless they exist. */
  void make(Path log) throws IOException, InterruptedException {
    if (exist()) {
      return;
    }
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    PrivateFiles.write(password, HexFormat.of().formatHex(random));
    Path next = store.resolveSibling("rest.next.p12");
    Files.deleteIfExists(next);
    // Pass the password in a file: every user of the machine can read a command line.
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "rest",
            "-dname",
            "CN=swarm cluster",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1",
            "-keyalg",
            "RSA",
            "-keysize",
            "3072",
            "-validity",
            "3650",
            "-storetype",
            "PKCS12",
            "-keystore",
            next.toString(),
            "-storepass:file",
            password.toString());
    new Program(log).require(command, Map.of(), PATIENCE);
    Files.move(next, store);
  }

  /** Flink's settings for the keys. */
  Map<String, String> flink() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("security.ssl.rest.enabled", "true");
    settings.put("security.ssl.rest.authentication-enabled", "true");
    for (String kind : List.of("keystore", "truststore")) {
      settings.put("security.ssl.rest." + kind, store.toString());
      settings.put("security.ssl.rest." + kind + "-type", "PKCS12");
      settings.put("security.ssl.rest." + kind + "-password", password());
    }
    settings.put("security.ssl.rest.key-password", password());
    return settings;
  }

  /** The TLS context of this product's own clients. */
  SSLContext context() throws IOException {
    try (InputStream stored = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      char[] secret = password().toCharArray();
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
          "the key of Flink's REST endpoint, "
              + store
              + ", cannot be read; stop the cluster,"
              + " delete it and start the cluster again",
          e);
    }
  }

  private String password() throws IOException {
    return Files.readString(password).strip();
  }
}
