package io.swarmstream.operators.merging;

import io.swarmstream.merge.Agreement;
import io.swarmstream.merge.Gram;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up the chunks' shares of a round's {@link DeltaFigures}, one at a time. */
public final class DeltaSums {
  private final int deltas;
  private final double[] sums;
  private boolean isComplete = true;

  /**
   * Begins with nothing.
   *
   * @param deltas how many sites took part
   */
  public DeltaSums(int deltas) {
    this.deltas = deltas;
    this.sums = new double[3 * deltas + 1];
  }

  /**
   * What one chunk adds.
   *
   * @param deltas n rows as they were merged, each scaled by its factor
   * @param bytes length of each payload
   * @return the 2 n + 1 sums of the agreement, then n lengths of payloads
   */
  static double[] share(float[][] deltas, float[] merged, int[] bytes) {
    double[] sums = Agreement.sums(deltas, merged);
    double[] share = Arrays.copyOf(sums, sums.length + bytes.length);
    for (int k = 0; k < bytes.length; k++) {
      share[sums.length + k] = bytes[k];
    }
    return share;
  }

  /**
   * Adds the share of the next chunk: callers add in the order of the chunks.
   *
   * @param share null: it is unknown
   */
  public void add(double @Nullable [] share) {
    if (share == null) {
      isComplete = false;
    } else {
      Gram.add(sums, share);
    }
  }

  /** What follows from all that was added; unknown when a share was. */
  public DeltaFigures figures() {
    if (!isComplete) {
      return DeltaFigures.UNKNOWN;
    }
    int bytes = 2 * deltas + 1;
    Agreement agreement = Agreement.of(List.of(Arrays.copyOf(sums, bytes)), deltas);
    return new DeltaFigures(
        Arrays.stream(agreement.norms()).boxed().toList(),
        Arrays.stream(agreement.cosines()).boxed().toList(),
        agreement.mergedNorm(),
        Arrays.stream(sums, bytes, sums.length).mapToObj(sum -> (long) sum).toList());
  }
}
