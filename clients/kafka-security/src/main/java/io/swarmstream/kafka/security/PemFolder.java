package io.swarmstream.kafka.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;

/**
 * Reads the folder of an identity: {@code key.pem} (unencrypted PKCS#8), {@code cert.pem} (the
 * certificate, then intermediate ones) and {@code ca.pem} (the authorities).
 *
 * <p>While a program of ours replaces the three files one by one, the folder {@code next} has the
 * complete new identity.
 */
record PemFolder(Path path) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final String KEY = "key.pem";
  private static final String CERTIFICATE = "cert.pem";
  private static final String AUTHORITIES = "ca.pem";
  private static final String NEXT = "next";
  private static final int ATTEMPTS = 10;
  private static final long PAUSE_MILLIS = 20;

  /** What the three files hold. */
  record Pems(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {}

  /**
   * Reads the files.
   *
   * @throws KafkaException if one is missing or unreadable, or the key does not fit
   */
  Pems read() {
    for (int attempt = 1; ; attempt++) {
      try {
        return read(path);
      } catch (KafkaException e) {
        try {
          return read(path.resolve(NEXT));
        } catch (KafkaException notThere) {
          if (attempt == ATTEMPTS || !Files.exists(path)) {
            throw e;
          }
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Pems read(Path folder) {
    Pems read =
        new Pems(
            key(folder.resolve(KEY)),
            certificates(folder.resolve(CERTIFICATE)),
            certificates(folder.resolve(AUTHORITIES)));
    if (!fits(read.key(), read.chain().get(0))) {
      throw new KafkaException(
          folder.resolve(KEY)
              + " does not belong to the first certificate in "
              + folder.resolve(CERTIFICATE)
              + "; copy both again");
    }
    return read;
  }

  private static PrivateKey key(Path file) {
    byte[] der =
        blocks(file, "PRIVATE KEY").stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new KafkaException(
                        file
                            + " has no block -----BEGIN PRIVATE KEY-----; convert the key with"
                            + " 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW'"));
    try {
      for (String kind : List.of("EC", "RSA", "Ed25519")) {
        try {
          return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
          // of another kind
        }
      }
    } catch (GeneralSecurityException e) {
      throw new KafkaException(file + ": this Java lacks a kind of key", e);
    }
    throw new KafkaException(file + " is no EC, RSA or Ed25519 key in PKCS#8");
  }

  private static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] der : blocks(file, "CERTIFICATE")) {
        found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      }
    } catch (GeneralSecurityException e) {
      throw new KafkaException(
          file + ": certificate " + (found.size() + 1) + " cannot be read; copy it again", e);
    }
    if (found.isEmpty()) {
      throw new KafkaException(file + " has no block -----BEGIN CERTIFICATE-----");
    }
    return List.copyOf(found);
  }

  private static List<byte[]> blocks(Path file, String kind) {
    List<byte[]> found = new ArrayList<>();
    try {
      Matcher block = BLOCK.matcher(Files.readString(file));
      while (block.find()) {
        if (block.group(1).equals(kind)) {
          found.add(Base64.getMimeDecoder().decode(block.group(2)));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new KafkaException(
          file + " cannot be read (" + e + "); an identity folder has key.pem, cert.pem, ca.pem",
          e);
    }
    return found;
  }

  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> "Ed25519";
        };
    byte[] text = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // a key of another kind
    }
  }

  /** Returns a value that changes when the files do. */
  Object stamp() {
    List<Object> stamp = new ArrayList<>();
    for (String name : List.of(KEY, CERTIFICATE, AUTHORITIES, NEXT)) {
      try {
        BasicFileAttributes at =
            Files.readAttributes(path.resolve(name), BasicFileAttributes.class);
        stamp.add(List.of(at.lastModifiedTime(), at.size(), String.valueOf(at.fileKey())));
      } catch (IOException e) {
        stamp.add("none");
      }
    }
    return stamp;
  }
}
