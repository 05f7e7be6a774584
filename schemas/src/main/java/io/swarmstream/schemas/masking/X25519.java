package io.swarmstream.schemas.masking;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/** X25519 (RFC 7748) on keys as 32 bytes, with the JDK's implementation. */
final class X25519 {
  private static final String NAME = "X25519";
  private static final int BYTES = 32;
  private static final byte[] BASE_POINT = littleEndian(BigInteger.valueOf(9));

  /** Any secret does: the test is whether a public key yields a shared secret at all. */
  private static final byte[] ANY_SECRET = littleEndian(BigInteger.ONE.shiftLeft(254));

  private X25519() {}

  static byte[] publicKey(byte[] secret) {
    return agree(secret, BASE_POINT);
  }

  /** Whether two sites can agree on a secret with it: not so with a point of small order. */
  static boolean isPublicKey(byte[] publicKey) {
    return publicKey.length == BYTES && tryAgree(ANY_SECRET, publicKey).isPresent();
  }

  /**
   * Returns the secret that the holders of two keys share.
   *
   * @throws IllegalArgumentException if the public key is a point of small order
   */
  static byte[] agree(byte[] secret, byte[] publicKey) {
    return tryAgree(secret, publicKey)
        .orElseThrow(
            () -> new IllegalArgumentException("the X25519 public key is a point of small order"));
  }

  private static Optional<byte[]> tryAgree(byte[] secret, byte[] publicKey) {
    try {
      KeyFactory keys = KeyFactory.getInstance(NAME);
      PrivateKey own =
          keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret));
      PublicKey other =
          keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, number(publicKey)));
      KeyAgreement agreement = KeyAgreement.getInstance(NAME);
      agreement.init(own);
      agreement.doPhase(other, true);
      return Optional.of(agreement.generateSecret());
    } catch (InvalidKeyException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 11 has " + NAME, e);
    }
  }

  private static BigInteger number(byte[] littleEndian) {
    return new BigInteger(1, reversed(littleEndian));
  }

  private static byte[] littleEndian(BigInteger number) {
    byte[] bytes = new byte[BYTES];
    byte[] raw = number.toByteArray();
    System.arraycopy(reversed(raw), 0, bytes, 0, raw.length);
    return bytes;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
