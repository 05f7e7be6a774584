package io.swarmstream.schemas.signing;

import io.swarmstream.schemas.hashing.Hash;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a contract's coordinator over a record that its job writes: a round record, a
 * notice or a rejection. It is stored in the record's header {@link #HEADER}, so that the record
 * keeps its bytes and therefore the hash that is anchored.
 *
 * @param termsHash hash of the contract's terms, 64 hex digits; ties the record to one contract of
 *     one chain
 * @param bytes r, s, v in 65 bytes; empty: not signed yet
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode go by content
public record RecordSignature(String termsHash, byte[] bytes) {
  /** Name of the record's header: 32 bytes of terms hash, then the signature. */
  public static final String HEADER = "swarmstream-signature";

  private static final int HASH_BYTES = 32;
  private static final int BYTES = HASH_BYTES + 65;
  private static final byte[] NONE = {};

  /** Returns an unsigned signature, to be made under these terms. */
  public static RecordSignature pending(Hash termsHash) {
    return new RecordSignature(termsHash.hex(), NONE);
  }

  /** Signs a record under the same terms; deterministic. */
  public RecordSignature sign(SiteKey coordinator, String topic, byte[] value) {
    return new RecordSignature(termsHash, coordinator.sign(content(topic, value)));
  }

  /** Returns the address whose key signed the record under these terms; empty: no key did. */
  public Optional<String> signer(String topic, byte[] value) {
    return SiteKey.signer(content(topic, value), bytes);
  }

  private Hash content(String topic, byte[] value) {
    return SignedContent.ofRecord(topic, Hash.ofHex(termsHash), value);
  }

  /** Returns the value of the header. */
  public byte[] header() {
    byte[] header = Arrays.copyOf(Hash.ofHex(termsHash).bytes(), HASH_BYTES + bytes.length);
    System.arraycopy(bytes, 0, header, HASH_BYTES, bytes.length);
    return header;
  }

  /** Parses the header's value; empty if it is not a signature or there is no header. */
  public static Optional<RecordSignature> ofHeader(byte @Nullable [] header) {
    if (header == null || header.length != BYTES) {
      return Optional.empty();
    }
    return Optional.of(
        new RecordSignature(
            Hash.of(Arrays.copyOf(header, HASH_BYTES)).hex(),
            Arrays.copyOfRange(header, HASH_BYTES, BYTES)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordSignature that
        && termsHash.equals(that.termsHash)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return termsHash.hashCode() * 31 + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "signature under terms " + termsHash;
  }
}
