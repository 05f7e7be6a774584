package io.swarmstream.site.internal;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.Hash32;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.DeltaMask;
import io.swarmstream.schemas.masking.MaskOffers;
import io.swarmstream.schemas.masking.Roster;
import io.swarmstream.schemas.masking.SiteSecrets;
import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.schemas.signing.SignedContent;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Rosters and cohorts of the sites of a test contract, signed as real ones. */
final class MaskSamples {
  private static final long ROUND = 7;

  private MaskSamples() {}

  /** The sites are numbers in the contract, ascending. */
  static MaskRoster roster(TestContract contract, int... sites) {
    ContractTerms terms = contract.terms();
    List<MaskOffer> announced = new ArrayList<>();
    for (int site : sites) {
      SiteKey key = contract.site(site).key();
      announced.add(MaskOffers.announce(key, SiteSecrets.of(key, terms)));
    }
    return MaskRoster.newBuilder()
        .setContract(terms.contract())
        .setTermsHash(terms.hash().toAvro())
        .setFence(1)
        .setSites(announced)
        .build();
  }

  /** A cohort of round 7 with some sites of a roster. */
  static Cohort cohort(TestContract contract, MaskRoster record, int... sites) {
    ContractTerms terms = contract.terms();
    Roster roster = Roster.of(terms, record);
    List<MaskOffer> offers = new ArrayList<>();
    for (int site : sites) {
      SiteKey key = contract.site(site).key();
      offers.add(MaskOffers.offer(key, SiteSecrets.of(key, terms), ROUND, Hash.ZERO, roster));
    }
    long weights = (long) contract.maxWeight() * sites.length;
    return Cohort.of(Cohort.decide(terms, ROUND, Hash.ZERO, 1, roster, weights, offers));
  }

  /** A plan of the cohort's round, as published, with signed deltas of some of its sites. */
  static byte[] plan(TestContract contract, Cohort cohort, int... sites) {
    ContractTerms terms = contract.terms();
    List<Participant> participants = new ArrayList<>();
    List<Hash32> signed = new ArrayList<>();
    List<ByteBuffer> signatures = new ArrayList<>();
    for (int site : sites) {
      DeltaChunk chunk = contribution(terms, cohort, contract.site(site).key());
      participants.add(
          new Participant(
              chunk.getSite(), "site-" + site, chunk.getMerkleRoot(), chunk.getHeader()));
      signed.add(SignedContent.of(chunk).toAvro());
      signatures.add(chunk.getSignature());
    }
    return WireFormat.ROUND_PLAN.encode(
        RoundPlan.newBuilder()
            .setContract(terms.contract())
            .setTermsHash(terms.hash().toAvro())
            .setRound(cohort.round())
            .setBaseHash(cohort.baseHash().toAvro())
            .setFence(1)
            .setParticipants(participants)
            .setSigned(signed)
            .setArrivedAtMs(List.of())
            .setLeftOut(List.of())
            .setClosedBy("all-live")
            .setOpenedAtMs(1)
            .setClosedAtMs(2)
            .setSignatures(signatures)
            .build());
  }

  private static DeltaChunk contribution(ContractTerms terms, Cohort cohort, SiteKey key) {
    return Contribution.sign(
            key,
            terms,
            cohort.round(),
            cohort.baseHash(),
            FlatVector.of(new float[Math.toIntExact(terms.parameterCount())]),
            new ContributionHeader(1, 10L, 0.5, Double.NaN, 1.0, 2.0, CheckIn.TRAINING.code()),
            Long.MAX_VALUE,
            DeltaMask.of(SiteSecrets.of(key, terms), key.address(), cohort))
        .chunk(0);
  }
}
