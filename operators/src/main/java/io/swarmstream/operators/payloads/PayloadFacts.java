package io.swarmstream.operators.payloads;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.encoding.PayloadFlaw;
import io.swarmstream.schemas.hashing.PayloadHash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What admission needs to know of a payload, so that it does not need the payload itself.
 *
 * @param bytes its length
 * @param values number of values that it has in the encoding that its chunk claims; -1: none, or
 *     nobody here knows that encoding
 * @param hash its leaf hash, hex, by the payload hash that its chunk names; empty: nobody here
 *     knows that one
 * @param flaw why its values cannot be merged, in the encoding that its chunk claims; null: they
 *     can, or nobody here knows that encoding
 */
public record PayloadFacts(int bytes, int values, String hash, @Nullable PayloadFlaw flaw) {

  /** Inspects a payload. */
  public static PayloadFacts of(String encoding, String payloadHash, byte[] payload) {
    Optional<DeltaEncoding> known = DeltaEncoding.ofCode(encoding);
    return new PayloadFacts(
        payload.length,
        known.map(each -> each.values(payload)).orElse(-1),
        PayloadHash.ofCode(payloadHash).map(each -> each.leaf(payload).hex()).orElse(""),
        known.flatMap(each -> each.flaw(payload)).orElse(null));
  }
}
