package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskCohort;
import io.swarmstream.schemas.avro.MaskMember;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.MaskShare;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Canonical;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.AvroBytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sites among which the deltas of a round are masked, in the order of their address. */
public final class Cohort {
  private static final byte[] TAG = Canonical.tag("swarmstream/mask-cohort/v1");

  private final MaskCohort record;
  private final Hash hash;

  private Cohort(MaskCohort record) {
    this.record = record;
    this.hash =
        hash(
            record.getContract(),
            Hash.of(record.getTermsHash()),
            record.getRound(),
            Hash.of(record.getBaseHash()),
            Hash.of(record.getRoster()),
            record.getWeightLimit(),
            record.getOffers().stream().map(MaskContent::of).toList());
  }

  public static Cohort of(MaskCohort record) {
    return new Cohort(record);
  }

  /**
   * Decides on a cohort.
   *
   * @param fence number of the coordinator's fence
   * @param weightLimit the most that the members' weights can sum to
   * @param offers for this round and roster, in the order of their address
   */
  public static MaskCohort decide(
      ContractTerms terms,
      long round,
      Hash baseHash,
      long fence,
      Roster roster,
      long weightLimit,
      List<MaskOffer> offers) {
    return MaskCohort.newBuilder()
        .setContract(terms.contract())
        .setTermsHash(terms.hash().toAvro())
        .setRound(round)
        .setBaseHash(baseHash.toAvro())
        .setFence(fence)
        .setRoster(roster.hash().toAvro())
        .setSites(roster.sites())
        .setWeightLimit(weightLimit)
        .setOffers(offers)
        .build();
  }

  private static Hash hash(
      String contract,
      Hash terms,
      long round,
      Hash baseHash,
      Hash roster,
      long weightLimit,
      List<Hash> offers) {
    Canonical form =
        new Canonical(TAG)
            .text(contract)
            .hash(terms)
            .number(round)
            .hash(baseHash)
            .hash(roster)
            .number(weightLimit);
    offers.forEach(form::hash);
    return form.hash();
  }

  /** Returns the hash of the cohort of a masked round, from the round's record alone. */
  public static Hash hash(RoundRecord record) {
    Hash roster = Hash.of(AvroBytes.of(record.getMaskRoster()));
    Hash terms = Hash.of(record.getTermsHash());
    Hash base = Hash.of(record.getBaseHash());
    List<Hash> offers = new ArrayList<>();
    for (MaskMember member : record.getMaskMembers()) {
      offers.add(
          MaskContent.of(member, record.getContract(), terms, record.getRound(), base, roster));
    }
    return hash(
        record.getContract(),
        terms,
        record.getRound(),
        base,
        roster,
        record.getMaskWeightLimit(),
        offers);
  }

  /** Covers all that the members rely on; each contribution names it. */
  public Hash hash() {
    return hash;
  }

  public MaskCohort record() {
    return record;
  }

  public long round() {
    return record.getRound();
  }

  public Hash baseHash() {
    return Hash.of(record.getBaseHash());
  }

  public Hash roster() {
    return Hash.of(record.getRoster());
  }

  public long weightLimit() {
    return record.getWeightLimit();
  }

  /** Addresses, in their order. */
  public List<String> members() {
    return record.getOffers().stream().map(MaskOffer::getSite).toList();
  }

  public boolean has(String site) {
    return members().contains(site);
  }

  /** Whether a site is in the cohort's roster, and so holds shares of its secrets. */
  public boolean holdsShares(String site) {
    return number(site) > 0;
  }

  List<MaskOffer> offers() {
    return record.getOffers();
  }

  /** Returns how many shares find a secret. */
  public int threshold() {
    return CrowdSize.threshold(record.getSites().size());
  }

  /** Returns how many participants a plan has to name at least. */
  public int least(int minPeers) {
    return CrowdSize.least(minPeers, record.getSites().size());
  }

  /** Number of the shares that a site of the roster holds, from 1; 0: it is not in the roster. */
  int number(String site) {
    return record.getSites().indexOf(site) + 1;
  }

  Hash context(ContractTerms terms) {
    return SiteSecrets.context(terms, round(), baseHash(), roster());
  }

  Groups groups(ContractTerms terms) {
    return Groups.of(hash, members(), terms);
  }

  /**
   * Returns those of some members whose deltas a plan may name: a group of which too few are there
   * stays hidden.
   */
  public Set<String> hidden(Collection<String> some, ContractTerms terms) {
    return groups(terms).hidden(some);
  }

  /**
   * Returns the members that are not among some of them and whose group stays hidden without them:
   * too few of it are there.
   */
  public Set<String> wanted(Collection<String> some, ContractTerms terms) {
    return groups(terms).wanted(some);
  }

  /**
   * Returns how many groups those of some members are in that a plan may name; 0: too few for a
   * round.
   */
  public int represented(Collection<String> some, ContractTerms terms) {
    Groups drawn = groups(terms);
    int represented = drawn.represented(drawn.hidden(some));
    return drawn.areMost(represented) ? represented : 0;
  }

  MaskShare share(MaskOffer of, String to) {
    return of.getShares().get(number(to) - 1);
  }

  FixedPoint scale(double range) {
    return FixedPoint.of(range, weightLimit(), members().size());
  }

  /**
   * Returns why no site should mask under it; empty: nothing is wrong. Whether the members are
   * enrolled only the chain says.
   */
  public Optional<String> flaw(ContractTerms terms) {
    List<String> members = members();
    Set<String> roster = new HashSet<>(record.getSites());
    if (!Hash.of(record.getTermsHash()).equals(terms.hash())) {
      return Optional.of("it is of other terms");
    }
    if (roster.size() != record.getSites().size()
        || roster.size() > CrowdSize.MOST
        || !members.stream().sorted().distinct().toList().equals(members)
        || !roster.containsAll(members)) {
      return Optional.of("its members " + members + " are not each once in its roster " + roster);
    }
    if (members.size() < least(terms.minPeers())) {
      return Optional.of(
          "it has %d members, it takes %d of a roster of %d"
              .formatted(members.size(), least(terms.minPeers()), roster.size()));
    }
    if (weightLimit() < 1) {
      return Optional.of("its weightLimit is " + weightLimit());
    }
    if (terms.privacy().dp().isPresent() && weightLimit() > members.size()) {
      // A greater one makes the steps of the sum coarser, in the end coarser than the noise.
      return Optional.of(
          "its weightLimit is %d, and its %d members weigh 1 each under privacy %s"
              .formatted(weightLimit(), members.size(), terms.privacy().text()));
    }
    for (MaskOffer offer : offers()) {
      Optional<String> flaw = flaw(offer);
      if (flaw.isPresent()) {
        return flaw.map(what -> "the offer of " + offer.getSite() + " is not valid: " + what);
      }
    }
    return Optional.empty();
  }

  private Optional<String> flaw(MaskOffer offer) {
    if (!offer.getContract().equals(record.getContract())
        || !offer.getTermsHash().equals(record.getTermsHash())
        || offer.getRound() != round()
        || !offer.getBaseHash().equals(record.getBaseHash())
        || !offer.getRoster().equals(record.getRoster())
        || offer.getShares().size() != record.getSites().size()) {
      return Optional.of("it is for another round or roster");
    }
    return MaskOffers.isSigned(offer)
        ? MaskOffers.flaw(offer)
        : Optional.of("its signature is not that site's");
  }
}
