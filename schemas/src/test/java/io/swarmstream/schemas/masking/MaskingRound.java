package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.avro.MaskMember;
import io.swarmstream.schemas.avro.MaskOffer;
import io.swarmstream.schemas.avro.Unmask;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.signing.SiteKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A masked round among some sites, without Kafka or Flink. */
final class MaskingRound {
  static final double RANGE = 2;
  static final Hash PLAN = Hash.sha256("plan".getBytes(StandardCharsets.UTF_8));
  static final Hash BASE = Hash.sha256("base".getBytes(StandardCharsets.UTF_8));

  final ContractTerms terms;
  final Roster roster;
  final Cohort cohort;

  /** By address, in its order. */
  final Map<String, SiteKey> keys = new TreeMap<>();

  /**
   * A round.
   *
   * @param members how many of the sites, in the order of their address, are in the cohort
   */
  MaskingRound(int sites, int members) {
    this(sites, members, 3, "masked(range=2)");
  }

  /** The same under other terms. */
  MaskingRound(int sites, int members, int minPeers, String privacy) {
    terms =
        new ContractTerms(
            "masks",
            "eip155:31337:0x00000000000000000000000000000000000000aa",
            "mean",
            minPeers,
            1000,
            100,
            40,
            DeltaEncoding.FLOAT32.kind(),
            0,
            Hash.ZERO.hex(),
            Limits.NONE,
            PayloadHash.BLAKE3,
            DeltaEncoding.FLOAT32.share(),
            Optimizer.NONE,
            Privacy.of(privacy));
    for (int i = 0; i < sites; i++) {
      SiteKey key = SiteKey.ofSeed(100 + i);
      keys.put(key.address(), key);
    }
    List<MaskOffer> announcements =
        keys.values().stream().map(key -> MaskOffers.announce(key, secrets(key))).toList();
    roster = Roster.of(terms, announcements);
    cohort = cohortOf(members);
  }

  /** A cohort of the first so many sites, as a coordinator that lies may make several. */
  Cohort cohortOf(int members) {
    List<MaskOffer> offers =
        keys.values().stream().limit(members).map(key -> offer(key, 7)).toList();
    return Cohort.of(Cohort.decide(terms, 7, BASE, 1, roster, 5L * members, offers));
  }

  SiteSecrets secrets(SiteKey key) {
    return SiteSecrets.of(key, terms);
  }

  MaskOffer offer(SiteKey key, long round) {
    return MaskOffers.offer(key, secrets(key), round, BASE, roster);
  }

  byte[] payload(String site, int chunk, float[] values, int weight) {
    return DeltaMask.of(secrets(key(site)), site, cohort).payload(chunk, values, weight);
  }

  Unmask answer(String site, Set<String> in) {
    SiteKey key = key(site);
    return new Unmasking(cohort, in).answer(key, secrets(key), PLAN);
  }

  Optional<List<MaskMember>> solve(Set<String> in, Set<String> answering) {
    List<Unmask> answers = new ArrayList<>();
    answering.forEach(site -> answers.add(answer(site, in)));
    return new Unmasking(cohort, in).solve(answers);
  }

  /** What takes the masks off, with the participants in the order in which the set has them. */
  MaskedSum sum(List<MaskMember> members, Set<String> in) {
    return MaskedSum.of(cohort.hash(), members, List.copyOf(in), cohort.weightLimit(), terms);
  }

  /** The first so many members of the cohort. */
  Set<String> first(int count) {
    return new HashSet<>(cohort.members().subList(0, count));
  }

  SiteKey key(String site) {
    return Objects.requireNonNull(keys.get(site));
  }

  /** A delta of the site's own. */
  static float[] delta(String site, int length) {
    Random random = new Random(site.hashCode());
    float[] delta = new float[length];
    for (int i = 0; i < length; i++) {
      delta[i] = (float) Math.max(-RANGE, Math.min(RANGE, random.nextGaussian() / 10));
    }
    return delta;
  }
}
