package io.swarmstream.schemas.hashing;

import io.swarmstream.schemas.avro.Hash32;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A hash of 32 bytes as a value: SHA-256 or BLAKE3. */
public final class Hash {
  /**
   * Bytes per update. Frequent updates make the JIT compile the digest to the processor's own
   * instructions early.
   */
  private static final int SLICE = 16_384;

  public static final int BYTES = 32;

  /** 32 zero bytes: the base of round 0, which has no preceding model. */
  public static final Hash ZERO = new Hash(new byte[BYTES]);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Creates a hash from a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly 32 bytes
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  public static Hash of(Hash32 fixed) {
    return of(fixed.bytes());
  }

  /**
   * Parses hexadecimal text.
   *
   * @throws IllegalArgumentException if the text is not 64 hex digits
   */
  public static Hash ofHex(String hex) {
    if (hex.length() != 2 * BYTES || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException(
          "\"" + hex + "\" is no hash; a hash is written as 64 hex digits, without 0x");
    }
    return of(HexFormat.of().parseHex(hex));
  }

  /** Returns the SHA-256 of the concatenation of the parts. */
  public static Hash sha256(byte[]... parts) {
    MessageDigest digest = newSha256();
    for (byte[] part : parts) {
      for (int from = 0; from < part.length; from += SLICE) {
        digest.update(part, from, Math.min(SLICE, part.length - from));
      }
    }
    return new Hash(digest.digest());
  }

  /** Returns the SHA-256 of the bytes, followed by the remaining bytes of a buffer. */
  static Hash sha256(byte[] first, ByteBuffer second) {
    MessageDigest digest = newSha256();
    digest.update(first);
    ByteBuffer rest = second.duplicate();
    while (rest.position() < second.limit()) {
      rest.limit(Math.min(second.limit(), rest.position() + SLICE));
      digest.update(rest);
    }
    return new Hash(digest.digest());
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  public Hash32 toAvro() {
    return new Hash32(bytes.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
