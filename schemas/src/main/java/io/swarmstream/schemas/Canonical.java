package io.swarmstream.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The one byte form of what is hashed and signed: a tag that names the kind, then each field, text
 * and bytes with their length before them, numbers as 8 bytes big endian. Two different values
 * never have the same bytes.
 */
final class Canonical {
  private final MessageDigest digest = Hash.newSha256();

  Canonical(byte[] tag) {
    bytes(tag);
  }

  static byte[] tag(String name) {
    return name.getBytes(UTF_8);
  }

  Canonical text(String value) {
    return bytes(value.getBytes(UTF_8));
  }

  Canonical bytes(byte[] value) {
    number(value.length);
    digest.update(value);
    return this;
  }

  Canonical hash(Hash value) {
    return bytes(value.bytes());
  }

  Canonical number(long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
    return this;
  }

  /** By its bits, NaN canonical. */
  Canonical real(double value) {
    return number(Double.doubleToLongBits(value));
  }

  Hash hash() {
    return Hash.of(digest.digest());
  }
}
