package io.swarmstream.operators.admission;

import io.swarmstream.operators.payloads.PayloadFacts;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.encoding.PayloadFlaw;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.MerkleTree;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.masking.MaskRule;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.rounds.RejectionReason;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.wire.AvroBytes;
import java.util.List;
import java.util.Optional;

/**
 * Checks a delta chunk against the contract's terms and its site's enrolment.
 *
 * <p>The signature is checked first. A flaw found later in a signed field is the site's own; a flaw
 * in any other field may be the work of somebody who altered a copy of the site's chunk.
 */
public final class ChunkCheck {
  private final SignerCache signers;

  public ChunkCheck(SignerCache signers) {
    this.signers = signers;
  }

  /**
   * Finds the first flaw.
   *
   * @param chunk the chunk; its payload may be empty
   * @param payload what was found out about its payload
   */
  public Optional<Flaw> flaw(
      DeltaChunk chunk, PayloadFacts payload, ContractTerms terms, EnrolledSite site) {
    return signatureFlaw(chunk)
        .or(() -> termsFlaw(chunk, terms))
        .or(() -> headerFlaw(chunk, site, terms.privacy()))
        .or(() -> layoutFlaw(chunk, payload, terms))
        .or(() -> hashFlaw(chunk, payload))
        .or(() -> valueFlaw(chunk, payload, terms));
  }

  private static Optional<Flaw> termsFlaw(DeltaChunk chunk, ContractTerms terms) {
    Optional<Flaw> other = SenderCheck.termsFlaw(Hash.of(chunk.getTermsHash()), terms);
    if (other.isPresent()) {
      return other;
    }
    String encoding = terms.deltaEncoding(chunk.getRound()).code();
    if (!chunk.getEncoding().equals(encoding)) {
      return flaw(
          RejectionReason.WRONG_ENCODING,
          "encoding",
          "the payload's encoding is \"%s\", contract %s requires %s in round %d; use that one, or create a contract with the other",
          chunk.getEncoding(),
          terms.contract(),
          encoding,
          chunk.getRound());
    }
    if (!chunk.getPayloadHash().equals(terms.payloadHash().code())) {
      return flaw(
          RejectionReason.WRONG_PAYLOAD_HASH,
          "payloadHash",
          "the payload is hashed by \"%s\", contract %s requires %s; update the site, or create a contract with the other",
          chunk.getPayloadHash(),
          terms.contract(),
          terms.payloadHash().code());
    }
    if (chunk.getCohort().remaining() != (terms.isMasked() ? Hash.BYTES : 0)) {
      return flaw(
          RejectionReason.BAD_HEADER,
          "cohort",
          "the cohort has %d bytes, contract %s requires %d in each chunk; update the site",
          chunk.getCohort().remaining(),
          terms.contract(),
          terms.isMasked() ? Hash.BYTES : 0);
    }
    ChunkLayout layout = terms.chunks();
    if (chunk.getChunkCount() != layout.chunkCount()) {
      return flaw(
          RejectionReason.WRONG_LAYOUT,
          "chunkCount",
          "the contribution has %d chunks, the contract's layout has %d; cut %d parameters into chunks of %d",
          chunk.getChunkCount(),
          layout.chunkCount(),
          layout.parameterCount(),
          layout.chunkValues());
    }
    return Optional.empty();
  }

  private static Optional<Flaw> layoutFlaw(
      DeltaChunk chunk, PayloadFacts payload, ContractTerms terms) {
    ChunkLayout layout = terms.chunks();
    int index = chunk.getChunkIndex();
    if (index < 0 || index >= layout.chunkCount()) {
      return flaw(
          RejectionReason.WRONG_LAYOUT,
          "chunkIndex",
          "the chunk's index is %d, the contract's layout has chunks 0 to %d; send only those",
          index,
          layout.chunkCount() - 1);
    }
    DeltaEncoding encoding = terms.deltaEncoding(chunk.getRound());
    int bytes = encoding.bytes(layout.length(index));
    if (payload.bytes() != bytes) {
      return flaw(
          RejectionReason.WRONG_LAYOUT,
          "payload",
          "chunk %d has %d bytes, %d %s values have %d; cut %d parameters into chunks of %d",
          index,
          payload.bytes(),
          layout.length(index),
          encoding.code(),
          bytes,
          layout.parameterCount(),
          layout.chunkValues());
    }
    return Optional.empty();
  }

  private static Optional<Flaw> headerFlaw(DeltaChunk chunk, EnrolledSite site, Privacy privacy) {
    ContributionHeader header = chunk.getHeader();
    if (chunk.getRound() < 0) {
      return flaw(
          RejectionReason.BAD_HEADER,
          "round",
          "the round is %d; send the number of the open round, the first is 0",
          chunk.getRound());
    }
    if (header.getWeight() < 0 || header.getWeight() > site.maxWeight()) {
      return flaw(
          RejectionReason.BAD_HEADER,
          "header.weight",
          "the weight is %d, site %s is enrolled with weights 0 to %d; send one of those, or have the enrolment changed",
          header.getWeight(),
          site.name(),
          site.maxWeight());
    }
    if (privacy.dp().isPresent() && header.getWeight() != 1) {
      return flaw(
          RejectionReason.BAD_HEADER,
          "header.weight",
          "the weight is %d, and under privacy %s all sites count alike; send 1",
          header.getWeight(),
          privacy.text());
    }
    if (header.getSamples() < 0) {
      return flaw(
          RejectionReason.BAD_HEADER,
          "header.samples",
          "the number of samples is %d; send 0 when it is unknown",
          header.getSamples());
    }
    if (CheckIn.ofCode(header.getCheckIn()).isEmpty()) {
      return flaw(
          RejectionReason.BAD_HEADER,
          "header.checkIn",
          "the check-in is \"%s\"; send one of %s",
          header.getCheckIn(),
          List.of(CheckIn.values()).stream().map(CheckIn::code).toList());
    }
    if (privacy.masked().isPresent()) {
      return MaskRule.knownToAll(header.getWeight(), header.getCheckIn())
          .map(why -> new Flaw(RejectionReason.BAD_HEADER, "header.checkIn", why));
    }
    return Optional.empty();
  }

  private Optional<Flaw> signatureFlaw(DeltaChunk chunk) {
    Hash content = SignedContent.of(chunk);
    byte[] signature = AvroBytes.of(chunk.getSignature());
    return SenderCheck.signatureFlaw(signers.signer(content, signature), "chunk", chunk.getSite());
  }

  private static Optional<Flaw> hashFlaw(DeltaChunk chunk, PayloadFacts payload) {
    Hash leaf = Hash.ofHex(payload.hash());
    Hash claimed = Hash.of(chunk.getChunkHash());
    if (!leaf.equals(claimed)) {
      return flaw(
          RejectionReason.BAD_HASH,
          "chunkHash",
          "the payload of chunk %d hashes to %s, the chunk says %s; it was altered on its way, send it again",
          chunk.getChunkIndex(),
          leaf,
          claimed);
    }
    List<Hash> proof = chunk.getMerkleProof().stream().map(Hash::of).toList();
    Hash root = Hash.of(chunk.getMerkleRoot());
    if (!MerkleTree.proves(leaf, chunk.getChunkIndex(), chunk.getChunkCount(), proof, root)) {
      return flaw(
          RejectionReason.BAD_HASH,
          "merkleProof",
          "the proof does not lead from chunk %d of %d to the signed Merkle root %s; send the signed contribution's"
              + " own chunks",
          chunk.getChunkIndex(),
          chunk.getChunkCount(),
          root);
    }
    return Optional.empty();
  }

  private static Optional<Flaw> valueFlaw(
      DeltaChunk chunk, PayloadFacts payload, ContractTerms terms) {
    ChunkLayout layout = terms.chunks();
    int index = chunk.getChunkIndex();
    // After the hash: a payload that was altered on its way may have another number of values.
    if (payload.values() != layout.length(index)) {
      return flaw(
          RejectionReason.WRONG_LAYOUT,
          "payload",
          "chunk %d has %d values, its payload is not one of as many %s values; encode the chunk's own values",
          index,
          layout.length(index),
          terms.deltaEncoding(chunk.getRound()).code());
    }
    PayloadFlaw found = payload.flaw();
    if (found == null) {
      return Optional.empty();
    }
    return flaw(
        found.reason(),
        "payload",
        "parameter %d %s",
        layout.offset(index) + found.value(),
        found.what());
  }

  @SuppressWarnings("AnnotateFormatMethod") // every caller is in this file
  private static Optional<Flaw> flaw(
      RejectionReason reason, String field, String message, Object... values) {
    return Optional.of(new Flaw(reason, field, String.format(message, values)));
  }
}
