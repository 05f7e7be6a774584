package io.swarmstream.schemas.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Builds the canonical bytes that are hashed and signed: a tag that names the kind, then each
 * field. Text and bytes are prefixed with their length; numbers are 8 bytes, big endian. Two
 * different values never have the same bytes.
 */
public final class Canonical {
  private final MessageDigest digest = Hash.newSha256();

  public Canonical(byte[] tag) {
    bytes(tag);
  }

  public static byte[] tag(String name) {
    return name.getBytes(UTF_8);
  }

  public Canonical text(String value) {
    return bytes(value.getBytes(UTF_8));
  }

  public Canonical bytes(byte[] value) {
    number(value.length);
    digest.update(value);
    return this;
  }

  /** Adds what remains of a buffer, and leaves its position unchanged. */
  public Canonical bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes(bytes);
  }

  public Canonical hash(Hash value) {
    return bytes(value.bytes());
  }

  public Canonical number(long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
    return this;
  }

  /** Appends a number by its bits, with a canonical NaN. */
  public Canonical real(double value) {
    return number(Double.doubleToLongBits(value));
  }

  public Hash hash() {
    return Hash.of(digest.digest());
  }
}
