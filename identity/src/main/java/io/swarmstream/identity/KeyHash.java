package io.swarmstream.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a public key: SHA-256 of its DER SubjectPublicKeyInfo, as 64 lowercase hex digits. A
 * renewed certificate over the same key keeps it, whoever issues the certificate.
 */
public final class KeyHash {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private KeyHash() {}

  public static String of(X509Certificate certificate) {
    return of(certificate.getPublicKey());
  }

  public static String of(PublicKey key) {
    return sha256(key.getEncoded());
  }

  public static boolean isKeyHash(String text) {
    return HASH.matcher(text).matches();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
