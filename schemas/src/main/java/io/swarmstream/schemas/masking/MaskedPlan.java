package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Hash32;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskConfirmation;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The plan of a masked round together with its cohort, as one reader of the log finds them.
 *
 * <p>Who controls the log could show others another cohort or another plan. Shares that answer two
 * of them, taken together, could unmask a part of the sum. So sites answer only when enough of them
 * have confirmed that they read the same.
 */
public final class MaskedPlan {
  private final ContractTerms terms;
  private final Cohort cohort;
  private final RoundPlan plan;
  private final Hash hash;

  private MaskedPlan(ContractTerms terms, Cohort cohort, RoundPlan plan, Hash hash) {
    this.terms = terms;
    this.cohort = cohort;
    this.plan = plan;
    this.hash = hash;
  }

  /**
   * Reads a plan.
   *
   * @param published the plan as it stands in the log
   */
  public static MaskedPlan of(ContractTerms terms, Cohort cohort, byte[] published)
      throws MalformedRecordException {
    return new MaskedPlan(
        terms, cohort, WireFormat.ROUND_PLAN.decode(published), Hash.sha256(published));
  }

  public Cohort cohort() {
    return cohort;
  }

  /** SHA-256 of the plan as published. */
  public Hash hash() {
    return hash;
  }

  /** Takes the masks off the sum of those that the plan names. */
  public Unmasking unmasking() {
    Set<String> in = new HashSet<>();
    plan.getParticipants().forEach(each -> in.add(each.getSite()));
    return new Unmasking(cohort, in);
  }

  /** What a site signs that has read this cohort and this plan. */
  public Hash content() {
    return MaskContent.confirmation(
        terms.contract(), terms.hash(), cohort.round(), cohort.hash(), hash);
  }

  /** A site's word that it has read this cohort and this plan. */
  public MaskConfirmation confirm(SiteKey key) {
    return MaskConfirmation.newBuilder()
        .setContract(terms.contract())
        .setTermsHash(terms.hash().toAvro())
        .setSite(key.address())
        .setRound(cohort.round())
        .setCohort(cohort.hash().toAvro())
        .setPlan(hash.toAvro())
        .setSignature(ByteBuffer.wrap(key.sign(content())))
        .build();
  }

  /**
   * Returns what proves that enough sites have read the same; empty: too few have.
   *
   * @param confirmations at most one of each site, signed by it
   */
  public Optional<MaskAgreement> agreement(Iterable<MaskConfirmation> confirmations) {
    List<ByteBuffer> signatures = new ArrayList<>();
    for (MaskConfirmation each : confirmations) {
      if (isConfirmedBy(each)) {
        signatures.add(each.getSignature());
      }
    }
    return signatures.size() < cohort.threshold()
        ? Optional.empty()
        : Optional.of(
            new MaskAgreement(
                terms.contract(),
                terms.hash().toAvro(),
                cohort.round(),
                cohort.hash().toAvro(),
                hash.toAvro(),
                signatures));
  }

  /** Whether a site that holds shares has confirmed this cohort and this plan. */
  public boolean isConfirmedBy(MaskConfirmation confirmation) {
    return cohort.holdsShares(confirmation.getSite())
        && MaskContent.of(confirmation).equals(content());
  }

  /** Whether so many sites have signed this cohort and this plan that it is the only one. */
  public boolean isAgreed(MaskAgreement agreement) {
    Set<String> signers = new HashSet<>();
    for (ByteBuffer signature : agreement.getSignatures()) {
      SiteKey.signer(content(), AvroBytes.of(signature))
          .filter(cohort::holdsShares)
          .ifPresent(signers::add);
    }
    return signers.size() >= cohort.threshold();
  }

  /**
   * Returns why no site may confirm or answer the plan; empty: it may. Whether the cohort itself is
   * sound is another question.
   */
  public Optional<String> flaw() {
    if (!plan.getContract().equals(terms.contract())
        || !Hash.of(plan.getTermsHash()).equals(terms.hash())
        || plan.getRound() != cohort.round()
        || !Hash.of(plan.getBaseHash()).equals(cohort.baseHash())) {
      return Optional.of("it is for another round than the cohort");
    }
    return unmasking().flaw(terms).or(this::flawOfParticipants);
  }

  /**
   * A delta that its site masked among another cohort could be laid bare by the answers: its site
   * is in this plan, and those with whom it shares masks there may be out of this one.
   */
  private Optional<String> flawOfParticipants() {
    List<Participant> participants = plan.getParticipants();
    List<ByteBuffer> signatures = plan.getSignatures();
    if (signatures.size() != participants.size()) {
      return Optional.of(
          "it has %d signatures of %d participants"
              .formatted(signatures.size(), participants.size()));
    }
    for (int i = 0; i < participants.size(); i++) {
      Participant in = participants.get(i);
      if (SiteKey.signer(signed(in), AvroBytes.of(signatures.get(i)))
          .filter(in.getSite()::equals)
          .isEmpty()) {
        return Optional.of(
            "site %s has not signed that its delta is masked among cohort %s"
                .formatted(in.getSite(), cohort.hash()));
      }
    }
    return Optional.empty();
  }

  private Hash signed(Participant in) {
    Hash32 none = Hash.ZERO.toAvro();
    return SignedContent.of(
        DeltaChunk.newBuilder()
            .setContract(terms.contract())
            .setTermsHash(terms.hash().toAvro())
            .setRound(cohort.round())
            .setSite(in.getSite())
            .setChunkIndex(0)
            .setChunkCount(terms.chunks().chunkCount())
            .setBaseHash(cohort.baseHash().toAvro())
            .setEncoding(terms.deltaEncoding(cohort.round()).code())
            .setHeader(in.getHeader())
            .setMerkleRoot(in.getContribution())
            .setMerkleProof(List.of())
            .setChunkHash(none)
            .setSignature(ByteBuffer.allocate(0))
            .setPayload(ByteBuffer.allocate(0))
            .setPayloadHash(terms.payloadHash().code())
            .setCohort(ByteBuffer.wrap(cohort.hash().bytes()))
            .build());
  }
}
