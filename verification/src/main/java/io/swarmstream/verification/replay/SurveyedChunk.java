package io.swarmstream.verification.replay;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.AvroBytes;
import java.util.Optional;

/**
 * A chunk of a published model, or of the optimizer's state: where it stands in its topic and what
 * it hashes to, without its payload.
 *
 * @param round -1 when the record could not be read
 * @param chunk -1 when the record could not be read
 * @param hash leaf hash of the payload as it is there, hex; empty when it could not be read
 * @param flaw what is wrong with the chunk by itself; empty: nothing
 */
public record SurveyedChunk(
    int partition, long offset, long round, int chunk, String hash, String flaw) {

  /**
   * Finds what is wrong with a chunk, by the contract's terms alone.
   *
   * @param vectors each cut like the model, and published as one: 1 in the models topic
   */
  static Optional<String> flaw(ModelChunk chunk, ContractTerms terms, int vectors) {
    int count = terms.chunks().chunkCount() * vectors;
    int index = chunk.getChunkIndex();
    if (!chunk.getContract().equals(terms.contract())) {
      return Optional.of("it is of contract " + chunk.getContract() + ", not " + terms.contract());
    }
    if (chunk.getChunkCount() != count) {
      return Optional.of(
          "it says that there are " + chunk.getChunkCount() + " chunks, the terms say " + count);
    }
    if (index < 0 || index >= count) {
      return Optional.of("chunk " + index + " is none of the " + count + " chunks");
    }
    if (!chunk.getEncoding().equals(FloatCodec.FLOAT32)) {
      return Optional.of("it is encoded as " + chunk.getEncoding() + ", not " + FloatCodec.FLOAT32);
    }
    String payloadHash = terms.payloadHash().code();
    if (!chunk.getPayloadHash().equals(payloadHash)) {
      return Optional.of(
          "it is hashed by " + chunk.getPayloadHash() + ", the terms say " + payloadHash);
    }
    byte[] payload = AvroBytes.of(chunk.getPayload());
    int bytes = terms.chunks().length(index % terms.chunks().chunkCount()) * Float.BYTES;
    if (payload.length != bytes) {
      return Optional.of("it has " + payload.length + " bytes, the terms say " + bytes);
    }
    Hash hash = terms.payloadHash().leaf(payload);
    Hash claimed = Hash.of(chunk.getChunkHash());
    return hash.equals(claimed)
        ? Optional.empty()
        : Optional.of("its payload hashes to " + hash + ", it says " + claimed);
  }
}
