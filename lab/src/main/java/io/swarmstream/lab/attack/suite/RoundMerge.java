package io.swarmstream.lab.attack.suite;

import io.swarmstream.contracts.ContractRule;
import io.swarmstream.contracts.WantedLimits;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.operators.merging.RoundLimits;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Merges whole deltas in memory as the job merges chunks: with the product's merge methods, share
 * limit and norm limit.
 */
final class RoundMerge {
  /** Round 0 merges initial weights: no limit on lengths holds in it. */
  private static final long AFTER_ROUND_0 = 1;

  private final String method;
  private final Limits limits;
  private final int sites;
  private final int groups;

  /**
   * A contract of a method, with its usual share limit and a norm limit of its own.
   *
   * @param maxNorm as {@code --max-norm} takes it
   * @throws IllegalArgumentException if the method needs more sites, or the limit is not one
   */
  RoundMerge(String method, String maxNorm, int sites) {
    this(method, maxNorm, sites, 1);
  }

  /**
   * The same with masked groups, whose means the method merges.
   *
   * @param groups number of groups; 1: all deltas are merged as they are
   */
  RoundMerge(String method, String maxNorm, int sites, int groups) {
    Limits usual = ContractRule.check(method, groups > 1 ? groups : sites, DeltaEncoding.FLOAT32);
    this.method = method;
    this.limits = new WantedLimits(null, maxNorm).or(usual);
    this.sites = sites;
    this.groups = groups;
  }

  /**
   * Draws the groups of a round.
   *
   * @param random not used unless there are groups
   * @return number of the group of each site
   */
  int[] draw(SplittableRandom random) {
    int[] drawn = new int[sites];
    Arrays.setAll(drawn, site -> site % groups);
    for (int site = sites - 1; site > 0 && groups > 1; site--) {
      int other = random.nextInt(site + 1);
      int group = drawn[site];
      drawn[site] = drawn[other];
      drawn[other] = group;
    }
    return drawn;
  }

  /** Whether so many deltas of this weight are enough for the method. */
  boolean merges(int left) {
    return left >= (groups > 1 ? 1 : MergeMethods.named(method).minParticipants());
  }

  /**
   * Merges a round after round 0.
   *
   * @param asked weights that the sites ask for
   * @param drawn the group of each site
   * @return zeros if too few deltas count
   */
  float[] merge(float[][] sent, int[] asked, int[] drawn) {
    float[][] deltas = sent.clone();
    int[] admitted = asked.clone();
    for (int k = 0; k < deltas.length; k++) {
      if (!DeltaMath.isFinite(deltas[k])) { // the job rejects it at its door
        deltas[k] = new float[deltas[k].length];
        admitted[k] = 0;
      }
    }
    if (groups > 1) {
      return new GroupedMerge(method, groups, drawn).merge(deltas, admitted);
    }
    return ChunkMerge.whole(
        method, limits, AFTER_ROUND_0, deltas, RoundLimits.weights(limits, admitted));
  }
}
