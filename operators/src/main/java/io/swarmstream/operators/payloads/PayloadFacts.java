package io.swarmstream.operators.payloads;

import io.swarmstream.schemas.FloatCodec;
import io.swarmstream.schemas.MerkleTree;

/**
 * All that admission needs to know of a payload, so that it need not have it.
 *
 * @param bytes its length
 * @param hash its leaf hash, hex
 * @param firstNonFinite index of the first value that is NaN or infinite; -1: none
 * @param nonFinite that value; 0 when there is none
 */
public record PayloadFacts(int bytes, String hash, int firstNonFinite, float nonFinite) {

  /** Looks a payload through. */
  public static PayloadFacts of(byte[] payload) {
    String hash = MerkleTree.leaf(payload).hex();
    if (payload.length % Float.BYTES != 0) {
      return new PayloadFacts(payload.length, hash, -1, 0);
    }
    int at = FloatCodec.firstNonFinite(payload);
    return new PayloadFacts(payload.length, hash, at, at < 0 ? 0 : FloatCodec.decode(payload)[at]);
  }
}
