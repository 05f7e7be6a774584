package io.swarmstream.operators.payloads;

import io.swarmstream.schemas.Encoding;
import io.swarmstream.schemas.encoding.PayloadFlaw;
import io.swarmstream.schemas.hashing.PayloadHash;
import org.jspecify.annotations.Nullable;

/**
 * What admission needs to know of a payload, so that it does not need the payload itself.
 *
 * @param bytes its length
 * @param hash its leaf hash, hex, by the payload hash that its chunk names; empty: nobody here
 *     knows that one
 * @param flaw why its values cannot be merged, in the encoding that its chunk claims; null: they
 *     can, or nobody here knows that encoding
 */
public record PayloadFacts(int bytes, String hash, @Nullable PayloadFlaw flaw) {

  /** Inspects a payload. */
  public static PayloadFacts of(String encoding, String payloadHash, byte[] payload) {
    return new PayloadFacts(
        payload.length,
        PayloadHash.ofCode(payloadHash).map(known -> known.leaf(payload).hex()).orElse(""),
        Encoding.ofCode(encoding).flatMap(known -> known.flaw(payload)).orElse(null));
  }
}
