package io.swarmstream.cli.train;

import io.swarmstream.cli.options.MergeChoice;
import io.swarmstream.examples.digits.DemoDefaults;
import io.swarmstream.examples.digits.DigitSplit;
import io.swarmstream.examples.digits.Digits;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.signing.SiteKey;
import java.util.List;

/**
 * A training of the digits, from which every site derives its share.
 *
 * @param contract name of the training contract
 * @param merge name of the merge method
 * @param encoding how sites send the values of their deltas
 * @param sites number of sites, 2 to 32
 * @param minPeers fewest sites that a round merges
 * @param rounds training rounds after round 0
 * @param syncFrequency mini-batches between two rounds
 * @param seed seed of the split, the initial weights, the batches and the sites' keys
 */
public record TrainingPlan(
    String contract,
    String merge,
    DeltaEncoding encoding,
    int sites,
    int minPeers,
    int rounds,
    int syncFrequency,
    long seed) {
  private static final int MAX_SITES = 32;

  public TrainingPlan {
    ContractTerms.checkName(contract);
    require("--sites", sites, 2, MAX_SITES);
    require("--min-peers", minPeers, 1, sites);
    merge = MergeChoice.checked(merge, minPeers, encoding);
    require("--rounds", rounds, 1, Integer.MAX_VALUE);
    require("--sync-frequency", syncFrequency, 1, Integer.MAX_VALUE);
  }

  private static void require(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          max == Integer.MAX_VALUE
              ? "%s must be at least %d, got %d".formatted(option, min, value)
              : "%s must be %d to %d, got %d".formatted(option, min, max, value));
    }
  }

  DigitSplit split() {
    return DigitSplit.of(Digits.load(), DemoDefaults.split(sites, seed));
  }

  SiteKey key(int site) {
    return SiteKey.ofSeed(DemoDefaults.batchSeed(seed, site));
  }

  /** Names sites hospital-1 and so on. */
  static String siteName(int site) {
    return "hospital-" + (site + 1);
  }

  /**
   * Seed of the order of a site's batches in a round. It depends on no earlier round, so that a
   * crash changes nothing.
   */
  long batchSeed(int site, long round) {
    return DemoDefaults.batchSeed(seed, site) * 1_000_003 + round;
  }

  /** The arguments of {@link SiteProgram} for a site. */
  List<String> arguments(int site) {
    return List.of(
        contract,
        merge,
        encoding.code(),
        Integer.toString(sites),
        Integer.toString(minPeers),
        Integer.toString(rounds),
        Integer.toString(syncFrequency),
        Long.toString(seed),
        Integer.toString(site));
  }

  static TrainingPlan ofArguments(List<String> arguments) {
    return new TrainingPlan(
        arguments.get(0),
        arguments.get(1),
        DeltaEncoding.named(arguments.get(2)),
        Integer.parseInt(arguments.get(3)),
        Integer.parseInt(arguments.get(4)),
        Integer.parseInt(arguments.get(5)),
        Integer.parseInt(arguments.get(6)),
        Long.parseLong(arguments.get(7)));
  }
}
