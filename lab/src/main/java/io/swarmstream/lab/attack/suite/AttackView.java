package io.swarmstream.lab.attack.suite;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What the bad sites know of a round before they send: everything. They read the honest deltas,
 * agree with one another, and know the merge method and its limits. Real attackers know less.
 *
 * @param honest deltas of the honest sites
 * @param own what the bad sites got by training on their own, perhaps poisoned, data
 * @param last the merged delta of the round before; zeros in the first
 * @param random of this training
 * @param merge from the bad sites' deltas to the merged delta
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record AttackView(
    float[][] honest,
    float[][] own,
    float[] last,
    SplittableRandom random,
    Function<float[][], float[]> merge) {

  int sites() {
    return honest.length + own.length;
  }

  /** A row for each bad site, all the same. */
  float[][] forAll(float[] delta) {
    float[][] rows = new float[own.length][];
    Arrays.fill(rows, delta);
    return rows;
  }
}
