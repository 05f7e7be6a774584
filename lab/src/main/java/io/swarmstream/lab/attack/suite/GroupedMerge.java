package io.swarmstream.lab.attack.suite;

import io.swarmstream.operators.merging.ChunkMerge;
import io.swarmstream.schemas.Limits;

/**
 * Merges the means of groups as the job does under masks (ADR 39): each group counts the same, and
 * no limit holds.
 *
 * @param groups number of the group of each site, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GroupedMerge(String method, int count, int[] groups) {
  /** Deltas that are not finite cannot be masked; a site of weight 0 is not in its group's sum. */
  float[] merge(float[][] deltas, int[] weights) {
    float[][] means = new float[count][];
    int[] counts = new int[count];
    for (int group = 0; group < count; group++) {
      double[] sum = new double[deltas[0].length];
      long weight = 0;
      for (int site = 0; site < groups.length; site++) {
        if (groups[site] == group) {
          weight += weights[site];
          for (int i = 0; i < sum.length; i++) {
            sum[i] += (double) weights[site] * deltas[site][i];
          }
        }
      }
      double all = Math.max(1, weight);
      float[] mean = new float[sum.length];
      for (int i = 0; i < sum.length; i++) {
        mean[i] = (float) (sum[i] / all);
      }
      means[group] = mean;
      counts[group] = weight > 0 ? 1 : 0;
    }
    return ChunkMerge.whole(method, Limits.NONE, 1, means, counts);
  }
}
