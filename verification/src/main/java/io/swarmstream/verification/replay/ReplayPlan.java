package io.swarmstream.verification.replay;

import io.swarmstream.operators.admission.EnrolledSite;
import io.swarmstream.operators.merging.RoundLimits;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.schemas.ContractTerms;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rounds to replay; travels with the functions.
 *
 * @param terms the contract's, from the chain
 * @param rounds what the round records say, in the order of the rounds, without a gap
 * @param sites by address: all sites ever enrolled, with the greatest weight they were allowed
 * @param bases rounds whose published model, proven, may serve as the base of the round after
 * @param kept the round whose model is returned with its payloads, not only its hashes; {@link
 *     #NONE}: no round
 */
public record ReplayPlan(
    ContractTerms terms,
    List<RoundHead> rounds,
    Map<String, EnrolledSite> sites,
    Set<Long> bases,
    long kept)
    implements Serializable {
  /** No round. */
  public static final long NONE = -1;

  public ReplayPlan {
    rounds = List.copyOf(rounds);
    sites = Map.copyOf(sites);
    bases = Set.copyOf(bases);
    for (int i = 1; i < rounds.size(); i++) {
      if (rounds.get(i).round() != rounds.get(0).round() + i) {
        throw new IllegalArgumentException(
            "round " + rounds.get(i).round() + " follows round " + rounds.get(i - 1).round());
      }
    }
  }

  public long firstRound() {
    return rounds.get(0).round();
  }

  int chunkCount() {
    return terms.chunks().chunkCount();
  }

  /** A number for each chunk of each round. */
  public long cells() {
    return (long) rounds.size() * chunkCount();
  }

  /** The chunk of a round that has this number. */
  RoundChunk cell(long number) {
    return new RoundChunk(firstRound() + number / chunkCount(), (int) (number % chunkCount()));
  }

  /** Whether the round is to be replayed. */
  boolean contains(long round) {
    return round >= firstRound() && round - firstRound() < rounds.size();
  }

  RoundHead head(long round) {
    return rounds.get(Math.toIntExact(round - firstRound()));
  }

  /** The weights of a round's contributions, within the terms' limits. */
  int[] weights(long round) {
    return RoundLimits.weights(head(round));
  }

  /**
   * The site of an address. Other checks find sites that were never enrolled; their chunks are
   * examined here as well.
   */
  EnrolledSite site(String address) {
    return sites.getOrDefault(address, new EnrolledSite(address, Integer.MAX_VALUE));
  }
}
