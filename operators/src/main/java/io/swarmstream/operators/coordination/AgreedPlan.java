package io.swarmstream.operators.coordination;

import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundPlan;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan that the log holds: who is in a round, and what else its record says but for the model.
 */
final class AgreedPlan {
  /**
   * A plan is found under its own key as long as the log may be read again from before it. An
   * attempt leaves at most so many behind.
   */
  private static final long KEYS = 1_024;

  private final RoundPlan plan;

  /** By site: what it signed, hex. */
  private final Map<String, String> signed = new LinkedHashMap<>();

  AgreedPlan(RoundPlan plan) {
    this.plan = plan;
    for (int i = 0; i < plan.getParticipants().size(); i++) {
      signed.put(plan.getParticipants().get(i).getSite(), Hash.of(plan.getSigned().get(i)).hex());
    }
  }

  /**
   * What a coordinator decides when it closes a round.
   *
   * @param fence number of its fence, which is in force
   * @param participants in the order of their address
   * @param arrivals what it knows of each of them
   */
  static RoundPlan of(
      ContractTerms terms,
      RoundState round,
      long fence,
      List<RoundHead.Participating> participants,
      List<Tally> arrivals,
      List<String> leftOut,
      String closedBy,
      long nowMs) {
    return RoundPlan.newBuilder()
        .setContract(terms.contract())
        .setTermsHash(terms.hash().toAvro())
        .setRound(round.round())
        .setBaseHash(Hash.ofHex(round.baseHash()).toAvro())
        .setFence(fence)
        .setParticipants(participants.stream().map(RoundHead.Participating::toAvro).toList())
        .setSigned(arrivals.stream().map(tally -> Hash.ofHex(tally.signed()).toAvro()).toList())
        .setArrivedAtMs(arrivals.stream().map(Tally::arrivedMs).toList())
        .setLeftOut(leftOut)
        .setClosedBy(closedBy)
        .setOpenedAtMs(round.openedAtMs())
        .setClosedAtMs(nowMs)
        .setSignatures(terms.isMasked() ? signatures(arrivals) : List.of())
        .build();
  }

  private static List<ByteBuffer> signatures(List<Tally> arrivals) {
    HexFormat hex = HexFormat.of();
    return arrivals.stream()
        .map(tally -> ByteBuffer.wrap(hex.parseHex(tally.signature())))
        .toList();
  }

  /**
   * On its way to the log. No other attempt of the job writes under this key, so compaction never
   * leaves a void plan in the place of a valid one.
   */
  static OutboundRecord outbound(ContractTerms terms, RoundPlan plan) {
    return new OutboundRecord(
            Topic.ROUNDS.of(plan.getContract()),
            "plan-" + plan.getRound() % KEYS + "-" + plan.getFence(),
            WireFormat.ROUND_PLAN.encode(plan))
        .under(terms.hash());
  }

  /** Whether a contribution is in. */
  boolean names(String site, String signedContent) {
    return signedContent.equals(signed.get(site));
  }

  boolean names(Tally tally) {
    return names(tally.site(), tally.signed());
  }

  /** Whether a site is in, with whatever contribution. */
  boolean names(String site) {
    return signed.containsKey(site);
  }

  /** By site, in the order of their address: what it signed, hex. */
  Map<String, String> signed() {
    return signed;
  }

  /** What the record will say but for the model. */
  RoundHead head(ContractTerms terms) {
    List<RoundHead.Participating> participants = new ArrayList<>();
    for (Participant in : plan.getParticipants()) {
      participants.add(
          RoundHead.Participating.of(in, plan.getArrivedAtMs().get(participants.size())));
    }
    return new RoundHead(
        terms,
        plan.getRound(),
        Hash.of(plan.getBaseHash()).hex(),
        participants,
        List.copyOf(plan.getLeftOut()),
        plan.getClosedBy(),
        plan.getOpenedAtMs(),
        plan.getClosedAtMs(),
        null);
  }
}
