package io.swarmstream.schemas.masking;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM under keys that encrypt one message each, so the nonce is always zero. */
final class SealedShares {
  private static final int TAG_BITS = 128;
  private static final byte[] NONCE = new byte[12];

  private SealedShares() {}

  static byte[] seal(byte[] key, byte[] message) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key).doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not encrypt " + message.length + " bytes", e);
    }
  }

  /** Empty: it was sealed under another key, or altered. */
  static Optional<byte[]> open(byte[] key, byte[] sealed) {
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, key).doFinal(sealed));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not decrypt " + sealed.length + " bytes", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
    return cipher;
  }
}
