package io.swarmstream.schemas.wire;

import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.MaskAgreement;
import io.swarmstream.schemas.avro.MaskConfirmation;
import io.swarmstream.schemas.avro.MaskMember;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.MaskOffers;
import io.swarmstream.schemas.masking.Roster;
import io.swarmstream.schemas.masking.SiteSecrets;
import io.swarmstream.schemas.masking.Unmasking;
import io.swarmstream.schemas.signing.SiteKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Golden records of a masked round: four sites, three of which are in. */
final class GoldenMaskRecords {
  private static final List<SiteKey> KEYS =
      IntStream.range(20, 24)
          .mapToObj(SiteKey::ofSeed)
          .sorted(Comparator.comparing(SiteKey::address))
          .toList();
  private static final Hash BASE = hash("base");

  private GoldenMaskRecords() {}

  static Stream<GoldenRecord<?>> all() {
    List<MaskOffer> announced =
        KEYS.stream().map(key -> MaskOffers.announce(key, secrets(key))).toList();
    Roster roster = Roster.of(GoldenRecord.BLAKE3_TERMS, announced);
    List<MaskOffer> offers =
        KEYS.stream().map(key -> MaskOffers.offer(key, secrets(key), 12, BASE, roster)).toList();
    Cohort cohort =
        Cohort.of(
            Cohort.decide(
                GoldenRecord.BLAKE3_TERMS, 12, BASE, 1_700_000_000_001L, roster, 9, offers));
    Set<String> in = new HashSet<>(cohort.members().subList(0, 3));
    Unmasking unmasking = new Unmasking(cohort, in);
    MaskConfirmation confirmation =
        MaskConfirmation.newBuilder()
            .setContract("retina")
            .setTermsHash(GoldenRecord.BLAKE3_TERMS.hash().toAvro())
            .setSite(KEYS.get(1).address())
            .setRound(12)
            .setCohort(cohort.hash().toAvro())
            .setPlan(hash("plan").toAvro())
            .setSignature(ByteBuffer.wrap(KEYS.get(1).sign(hash("confirmed"))))
            .build();
    SiteKey first = KEYS.get(0);
    return Stream.of(
        new GoldenRecord<>("mask-offer", WireFormat.MASK_OFFER, offers.get(0)),
        new GoldenRecord<>(
            "mask-roster",
            WireFormat.MASK_ROSTER,
            MaskRoster.newBuilder()
                .setContract("retina")
                .setTermsHash(GoldenRecord.BLAKE3_TERMS.hash().toAvro())
                .setFence(1_700_000_000_001L)
                .setSites(announced)
                .build()),
        new GoldenRecord<>("mask-cohort", WireFormat.MASK_COHORT, cohort.record()),
        new GoldenRecord<>("mask-confirmation", WireFormat.MASK_CONFIRMATION, confirmation),
        new GoldenRecord<>(
            "mask-agreement",
            WireFormat.MASK_AGREEMENT,
            new MaskAgreement(
                "retina",
                GoldenRecord.BLAKE3_TERMS.hash().toAvro(),
                12L,
                confirmation.getCohort(),
                confirmation.getPlan(),
                List.of(confirmation.getSignature()))),
        plan(),
        new GoldenRecord<>(
            "unmask", WireFormat.UNMASK, unmasking.answer(first, secrets(first), hash("plan"))),
        chunk(cohort),
        record(cohort, unmasking));
  }

  private static GoldenRecord<RoundPlan> plan() {
    RoundPlan plain = GoldenRecord.roundPlan().value();
    return new GoldenRecord<>(
        "round-plan",
        WireFormat.ROUND_PLAN,
        RoundPlan.newBuilder(plain)
            .setSignatures(
                plain.getParticipants().stream()
                    .map(in -> ByteBuffer.wrap(KEYS.get(0).sign(hash(in.getSite()))))
                    .toList())
            .build());
  }

  private static GoldenRecord<DeltaChunk> chunk(Cohort cohort) {
    DeltaChunk plain = GoldenRecord.deltaChunk(GoldenRecord.BLAKE3_TERMS).value();
    return new GoldenRecord<>(
        "delta-chunk",
        WireFormat.DELTA_CHUNK,
        DeltaChunk.newBuilder(plain).setCohort(ByteBuffer.wrap(cohort.hash().bytes())).build());
  }

  private static GoldenRecord<RoundRecord> record(Cohort cohort, Unmasking unmasking) {
    RoundRecord plain = GoldenRecord.roundRecordWithArrivals().value();
    List<MaskMember> members =
        unmasking
            .solve(
                KEYS.stream()
                    .map(key -> unmasking.answer(key, secrets(key), hash("plan")))
                    .toList())
            .orElseThrow();
    return new GoldenRecord<>(
        "round-record",
        WireFormat.ROUND_RECORD,
        RoundRecord.newBuilder(plain)
            .setMaskMembers(new ArrayList<>(members))
            .setMaskRoster(ByteBuffer.wrap(cohort.roster().bytes()))
            .setMaskWeightLimit(cohort.weightLimit())
            .build());
  }

  private static SiteSecrets secrets(SiteKey key) {
    return SiteSecrets.of(key, GoldenRecord.BLAKE3_TERMS);
  }

  private static Hash hash(String what) {
    return Hash.sha256(what.getBytes(StandardCharsets.UTF_8));
  }
}
