package io.swarmstream.schemas.signing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes that look random to whoever does not have the key: AES-256 in counter mode. A key has many
 * stretches, each of which can be made without those before it: the first half of the counter is
 * the stretch's number, the other counts within it. For one thread at a time.
 */
public final class KeyStream {
  private static final byte[] ZEROS = new byte[1 << 16];

  private final Cipher cipher;

  /**
   * A stretch from its beginning.
   *
   * @param key 32 bytes
   */
  public KeyStream(byte[] key, long stretch) {
    byte[] counter = ByteBuffer.allocate(2 * Long.BYTES).putLong(stretch).array();
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-256 in counter mode", e);
    }
  }

  /** Fills the first bytes of an array with the next of the stretch. */
  public void next(byte[] into, int count) {
    try {
      for (int done = 0; done < count; ) {
        done += cipher.update(ZEROS, 0, Math.min(ZEROS.length, count - done), into, done);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(into.length + " bytes have no room for " + count, e);
    }
  }
}
