package io.swarmstream.schemas.hashing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the payloads of chunks are hashed; one of the terms of a training.
 *
 * <p>A payload's leaf is always a leaf of RFC 6962 over SHA-256. Only what the leaf covers differs,
 * so trees, proofs, signatures and anchors are the same under each hash. Leaves of two payload
 * hashes share one range: the leaf of a payload under {@link #BLAKE3} is the leaf of its 32-byte
 * digest under {@link #SHA_256}. Who keeps payloads by their leaf has to keep the hash beside it.
 */
public enum PayloadHash {
  /**
   * The leaf covers the payload's BLAKE3 digest: fast on every processor with vector instructions.
   */
  BLAKE3,
  /** The leaf covers the payload itself: fast on processors with instructions for SHA-256. */
  SHA_256;

  /** The hash of terms and records that do not name one; all did not before there was a choice. */
  public static final PayloadHash UNNAMED = SHA_256;

  /** Returns the name of the hash in terms and records. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the hash of a code; empty for a code that this version does not know. */
  public static Optional<PayloadHash> ofCode(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }

  /**
   * Returns the hash of a code.
   *
   * @throws IllegalArgumentException if this version does not know the code; the message names the
   *     known codes
   */
  public static PayloadHash named(String code) {
    return ofCode(code)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "payload hash \""
                        + code
                        + "\" is not known here; known are "
                        + Arrays.stream(values()).map(PayloadHash::code).toList()));
  }

  /** Returns the Merkle leaf of a payload, which is the chunk's hash. */
  public Hash leaf(byte[] payload) {
    return MerkleTree.leafOf(this == BLAKE3 ? Blake3.hash(payload).bytes() : payload);
  }

  /**
   * Like {@link #leaf(byte[])}, but hashes the remaining bytes of a buffer and leaves its position
   * unchanged.
   */
  public Hash leaf(ByteBuffer payload) {
    return this == BLAKE3
        ? MerkleTree.leafOf(Blake3.hash(payload).bytes())
        : MerkleTree.leafOf(payload);
  }
}
