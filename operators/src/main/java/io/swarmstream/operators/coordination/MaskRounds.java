package io.swarmstream.operators.coordination;

import io.swarmstream.merge.MergeMethods;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskRoster;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.CrowdSize;
import io.swarmstream.schemas.masking.Roster;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What masked rounds need in addition (ADR 36): a roster of sites that know each other's keys, and
 * a cohort for each round. {@link PlanUnmasking} has the rest.
 *
 * <p>Roster and cohort count once they are read back, as a plan does. Writing one twice is
 * harmless.
 */
final class MaskRounds {
  private static final Logger LOG = LoggerFactory.getLogger(MaskRounds.class);

  /** As of a plan: an attempt leaves at most so many cohorts behind. */
  static final long KEYS = 1_024;

  private final ContractState contract;
  private final Supplier<String> currentKey;
  private final Attempt attempt;

  private final Rewriting rosters;
  private final Rewriting waits;

  /** By contract: the cohort that was decided last, and when; not state. */
  private final Map<String, Decided> decided = new HashMap<>();

  private record Decided(String what, long atMs) {}

  MaskRounds(ContractState contract, Attempt attempt, Supplier<String> currentKey) {
    this.attempt = attempt;
    this.contract = contract;
    this.currentKey = currentKey;
    this.rosters = new Rewriting(contract, currentKey);
    this.waits = new Rewriting(contract, currentKey);
  }

  boolean isMasked() throws Exception {
    return contract.terms().isMasked();
  }

  /** The cohort of the current round; null: none yet, or the contract is not masked. */
  @Nullable Cohort cohort() throws Exception {
    return isMasked() ? contract.masks.cohort(contract.round().round()) : null;
  }

  /** Whether the current round has to have a cohort before it can take contributions. */
  boolean awaitsCohort() throws Exception {
    return isMasked() && cohort() == null;
  }

  /** Live sites whose offer for the current round is for the newest roster. */
  Set<String> offered() throws Exception {
    return offers().keySet();
  }

  private Map<String, MaskOffer> offers() throws Exception {
    @Nullable Roster roster = contract.masks.roster(contract.terms());
    RoundState round = contract.round();
    Map<String, MaskOffer> offers = contract.masks.offers(round.round());
    Hash base = Hash.ofHex(round.baseHash());
    Set<String> live = contract.members.live();
    offers
        .values()
        .removeIf(
            offer ->
                roster == null
                    || !live.contains(offer.getSite())
                    || !Hash.of(offer.getRoster()).equals(roster.hash())
                    || !Hash.of(offer.getBaseHash()).equals(base)
                    || offer.getShares().size() != roster.size());
    return offers;
  }

  /**
   * Writes a roster if that in the log is not that of the live sites. A round with a cohort does
   * not need another one.
   *
   * @return whether the roster is that of the live sites
   */
  boolean hasRoster(Turn turn) throws Exception {
    ContractTerms terms = contract.terms();
    List<MaskOffer> announced = contract.masks.announcements(contract.members.live());
    List<MaskOffer> sites = announced.subList(0, Math.min(CrowdSize.MOST, announced.size()));
    if (sites.size() < Math.max(CrowdSize.LEAST, terms.minPeers())) {
      return false;
    }
    Roster wanted = Roster.of(terms, sites);
    @Nullable Roster known = contract.masks.roster(terms);
    if (known != null && known.hash().equals(wanted.hash())) {
      return true;
    }
    if (rosters.isDue("roster " + wanted.hash(), turn)) {
      long fence = contract.fenceInForce();
      turn.give(
          outbound(
              // One that a cohort is for must stay when the next one is written.
              "mask-roster-" + fence + "-" + wanted.hash().hex().substring(0, 8),
              WireFormat.MASK_ROSTER.encode(
                  MaskRoster.newBuilder()
                      .setContract(terms.contract())
                      .setTermsHash(terms.hash().toAvro())
                      .setFence(fence)
                      .setSites(sites)
                      .build())));
    }
    return false;
  }

  /** How many offers a cohort needs, and contributions a plan. */
  int least() throws Exception {
    @Nullable Cohort cohort = cohort();
    if (cohort != null) {
      return cohort.least(contract.terms().minPeers());
    }
    @Nullable Roster roster = contract.masks.roster(contract.terms());
    return CrowdSize.least(contract.terms().minPeers(), roster == null ? 0 : roster.size());
  }

  /**
   * Live sites for whose contribution the round waits; before there is a cohort, for whose offer.
   */
  Set<String> waitedFor() throws Exception {
    @Nullable Cohort cohort = cohort();
    Set<String> waited = cohort == null ? whoMayOffer() : new HashSet<>(cohort.members());
    waited.retainAll(contract.members.live());
    return waited;
  }

  /**
   * The roster's sites, and those that have yet to announce a key and will be in the next roster.
   * One that has announced a key and is not in, because {@link CrowdSize#MOST} are, cannot offer.
   */
  private Set<String> whoMayOffer() throws Exception {
    @Nullable Roster roster = contract.masks.roster(contract.terms());
    Set<String> sites = new HashSet<>(roster == null ? List.of() : roster.sites());
    for (String site : contract.members.live()) {
      if (!contract.masks.hasAnnounced(site)) {
        sites.add(site);
      }
    }
    return sites;
  }

  /**
   * Those of some sites whose deltas the round's plan may name: all, or those of the cohort's
   * groups that are large enough to hide them.
   */
  Set<String> hidden(Set<String> complete) throws Exception {
    @Nullable Cohort cohort = cohort();
    return cohort == null || isWhole() ? complete : cohort.hidden(complete, contract.terms());
  }

  private boolean isWhole() throws Exception {
    return contract.terms().privacy().groups() == 1;
  }

  /** Whether so many of the cohort's groups are there that their means can be merged. */
  boolean areMergeable(Set<String> complete) throws Exception {
    @Nullable Cohort cohort = cohort();
    if (cohort == null || isWhole()) {
      return true;
    }
    int represented = cohort.represented(complete, contract.terms());
    int least = MergeMethods.named(contract.terms().method()).minParticipants();
    return represented >= Math.max(1, least);
  }

  /**
   * Members of the cohort for whom a round waits although as many sites are there as the terms ask
   * for: their groups are too small without them. They need not be live, or enrolled. In the order
   * of their address.
   */
  Set<String> wantedByGroups(Set<String> complete) throws Exception {
    @Nullable Cohort cohort = cohort();
    if (cohort == null || complete.size() < least() || areMergeable(complete)) {
      return Set.of();
    }
    return new TreeSet<>(cohort.wanted(complete, contract.terms()));
  }

  /** Says for whom a round waits although as many sites are there as the terms ask for. */
  void warnOfGroups(Set<String> complete, Turn turn) throws Exception {
    Cohort cohort = Objects.requireNonNull(cohort());
    Set<String> wanted = wantedByGroups(complete);
    if (wanted.isEmpty() || !waits.isDue("groups of round " + cohort.round(), turn)) {
      return;
    }
    List<String> missing = new ArrayList<>();
    for (String site : wanted) {
      missing.add(contract.members.name(site));
    }
    LOG.warn(
        "Contract {}: {} sites have contributed to round {}, but too many of its groups are too small for their sums to"
            + " be told; it waits for {}. Start those sites again if they are down.",
        contract.terms().contract(),
        complete.size(),
        cohort.round(),
        missing);
  }

  /** Decides on the cohort: those who have offered. */
  void decideCohort(Turn turn) throws Exception {
    ContractTerms terms = contract.terms();
    RoundState round = contract.round();
    if (!mayDecide(round, turn)) {
      return;
    }
    long weights = 0;
    List<MaskOffer> offers = new ArrayList<>(offers().values());
    for (MaskOffer offer : offers) {
      // Under noise each counts 1, whatever it is enrolled with: sites take no coarser steps.
      weights +=
          terms.privacy().dp().isPresent()
              ? 1
              : Math.max(1, contract.members.maxWeight(offer.getSite()));
    }
    MaskCohort cohort =
        Cohort.decide(
            terms,
            round.round(),
            Hash.ofHex(round.baseHash()),
            contract.fenceInForce(),
            Objects.requireNonNull(contract.masks.roster(terms)),
            weights,
            offers);
    turn.give(
        outbound(
            "mask-cohort-" + round.round() % KEYS + "-" + cohort.getFence(),
            WireFormat.MASK_COHORT.encode(cohort)));
  }

  /**
   * Only one cohort of a round is written under a fence: both would have the same key, so
   * compaction could leave the second. One that seems lost is void behind the next fence.
   */
  private boolean mayDecide(RoundState round, Turn turn) throws Exception {
    String named = round.round() + " under fence " + contract.fenceInForce();
    @Nullable Decided last = decided.get(currentKey.get());
    if (last == null || !last.what().equals(named)) {
      decided.put(currentKey.get(), new Decided(named, turn.nowMs()));
      return true;
    }
    if (turn.nowMs() - last.atMs() >= Rewriting.PATIENCE_MS) {
      attempt.claimAgain(turn);
    }
    return false;
  }

  private OutboundRecord outbound(String key, byte[] value) throws Exception {
    ContractTerms terms = contract.terms();
    return new OutboundRecord(Topic.ROUNDS.of(terms.contract()), key, value).under(terms.hash());
  }

  /**
   * Whether a site that is not in the plan missed it. One that has joined since the roster was
   * written could not be in, and one whose group was too small has done its part.
   */
  boolean hasMissed(String site) throws Exception {
    @Nullable Cohort cohort = cohort();
    if (cohort == null) {
      return true;
    }
    boolean isThere = contract.book.completed(site) != null;
    return !isThere && (cohort.holdsShares(site) || !contract.masks.hasAnnounced(site));
  }
}
