package io.swarmstream.lab.attack.suite;

import io.swarmstream.lab.attack.learner.AttackData;
import io.swarmstream.lab.attack.learner.DataSplit;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.schemas.masking.CrowdSize;
import java.util.List;

/**
 * Options of a suite of attacks.
 *
 * @param bad how many of the sites attack
 * @param groups whose means are merged; 1: there are none
 * @param merges specifications of merge methods; F stands for {@code bad}
 * @param maxNorms norm limits, each as {@code --max-norm} of a contract takes it
 * @param seeds how many trainings for each cell
 * @param firstSeed of the first of them; the others follow
 */
record SuiteOptions(
    AttackData data,
    int sites,
    int bad,
    int groups,
    int rounds,
    int seeds,
    long firstSeed,
    List<Attack> attacks,
    List<String> merges,
    List<String> maxNorms,
    List<DataSplit> splits) {
  private static final int LEAST_SITES = 3;

  /** Digits has 1,437 images to train on; more sites would have too few each. */
  private static final int MOST_SITES = 32;

  SuiteOptions {
    if (sites < LEAST_SITES || sites > MOST_SITES) {
      throw new IllegalArgumentException(
          "--sites is %d; give %d to %d".formatted(sites, LEAST_SITES, MOST_SITES));
    }
    if (bad < 1 || bad >= sites) {
      throw new IllegalArgumentException(
          "--bad is %d; give 1 to %d, so that at least one site is honest"
              .formatted(bad, sites - 1));
    }
    if (groups < 1 || groups * CrowdSize.LEAST > sites) {
      throw new IllegalArgumentException(
          "--groups is %d; give 1 to %d, so that each has at least %d sites"
              .formatted(groups, sites / CrowdSize.LEAST, CrowdSize.LEAST));
    }
    if (groups > 1 && !maxNorms.equals(List.of("none"))) {
      throw new IllegalArgumentException(
          "--groups: nobody knows the length of a masked delta; give --max-norm none");
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds is " + rounds + "; give at least 1");
    }
    if (seeds < 1) {
      throw new IllegalArgumentException("--seeds is " + seeds + "; give at least 1");
    }
    attacks = List.copyOf(attacks);
    splits = List.copyOf(splits);
    maxNorms = List.copyOf(maxNorms);
    int tolerated = bad;
    merges = merges.stream().map(merge -> merge.replace(":F", ":" + tolerated)).toList();
    for (String merge : merges) {
      checked("--merge", () -> requireRows(merge, sites, groups));
    }
    for (String norm : maxNorms) {
      checked("--max-norm", () -> new RoundMerge("mean", norm, sites));
    }
  }

  private static void requireRows(String merge, int sites, int groups) {
    int least = MergeMethods.named(merge).minParticipants();
    if (groups > 1 && groups < least) {
      throw new IllegalArgumentException(
          "%s needs at least %d groups, --groups is %d; raise it, lower --bad, or leave the method out"
              .formatted(merge, least, groups));
    }
    if (sites < least) {
      throw new IllegalArgumentException(
          "%s needs at least %d sites, --sites is %d; raise it, lower --bad, or leave the method out"
              .formatted(merge, least, sites));
    }
  }

  private static void checked(String option, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }
}
