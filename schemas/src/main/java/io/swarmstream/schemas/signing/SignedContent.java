package io.swarmstream.schemas.signing;

import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.SiteEvent;
import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;

/** The content that a site signs, for each kind of record, and that a coordinator signs. */
public final class SignedContent {
  private static final byte[] CONTRIBUTION = Canonical.tag("swarmstream/contribution/v1");

  /** Tag of contributions that name their payload hash; others have {@code sha-256}. */
  private static final byte[] CONTRIBUTION_WITH_HASH = Canonical.tag("swarmstream/contribution/v2");

  /** Tag of masked contributions, which name their cohort, and their payload hash always. */
  private static final byte[] MASKED_CONTRIBUTION = Canonical.tag("swarmstream/contribution/v3");

  private static final byte[] SITE_EVENT = Canonical.tag("swarmstream/site-event/v1");

  private static final byte[] RECORD = Canonical.tag("swarmstream/record/v1");

  private SignedContent() {}

  /** Returns what a coordinator signs for a record of its job, whatever the kind. */
  static Hash ofRecord(String topic, Hash termsHash, byte[] value) {
    return new Canonical(RECORD).text(topic).hash(termsHash).hash(Hash.sha256(value)).hash();
  }

  /**
   * Returns what a site signs for a delta chunk; it is the same for all chunks of a contribution.
   */
  public static Hash of(DeltaChunk chunk) {
    ContributionHeader header = chunk.getHeader();
    String payloadHash = chunk.getPayloadHash();
    boolean masked = chunk.getCohort().hasRemaining();
    boolean named = masked || !payloadHash.equals(PayloadHash.UNNAMED.code());
    Canonical form =
        new Canonical(masked ? MASKED_CONTRIBUTION : named ? CONTRIBUTION_WITH_HASH : CONTRIBUTION)
            .text(chunk.getContract())
            .bytes(chunk.getTermsHash().bytes())
            .number(chunk.getRound())
            .text(chunk.getSite())
            .bytes(chunk.getBaseHash().bytes())
            .number(chunk.getChunkCount())
            .text(chunk.getEncoding())
            .bytes(chunk.getMerkleRoot().bytes())
            .number(header.getWeight())
            .number(header.getSamples())
            .real(header.getLoss())
            .real(header.getMetric())
            .real(header.getEpochsDone())
            .real(header.getEpochsTotal())
            .text(header.getCheckIn());
    if (named) {
      form.text(payloadHash);
    }
    return (masked ? form.bytes(chunk.getCohort()) : form).hash();
  }

  public static Hash of(SiteEvent event) {
    return new Canonical(SITE_EVENT)
        .text(event.getContract())
        .bytes(event.getTermsHash().bytes())
        .text(event.getSite())
        .text(event.getKind())
        .number(event.getAtMs())
        .hash();
  }
}
