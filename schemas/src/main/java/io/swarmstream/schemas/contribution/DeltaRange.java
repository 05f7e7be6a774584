package io.swarmstream.schemas.contribution;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.FlatVector;

/** The range of values that a payload of a delta can hold. */
final class DeltaRange {
  private final ContractTerms terms;
  private final DeltaEncoding encoding;
  private final float largest;

  DeltaRange(ContractTerms terms, DeltaEncoding encoding) {
    this.terms = terms;
    this.encoding = encoding;
    this.largest = terms.isMasked() ? (float) terms.maskRange() : encoding.largest();
  }

  /**
   * Checks a piece of a delta.
   *
   * @param offset index of the piece's first value in the delta
   * @param delta the whole delta
   * @throws DeltaRangeException if a value is not finite, naming the first such value, or if a
   *     value exceeds the range of the encoding, naming the largest value
   */
  void check(float[] values, long offset, FlatVector delta) {
    for (int i = 0; i < values.length; i++) {
      // Negated instead of >, because NaN fails both comparisons.
      if (!(Math.abs(values[i]) <= largest)) {
        throw Float.isFinite(values[i])
            ? tooLarge(delta)
            : new DeltaRangeException(
                offset + i,
                " of the delta is "
                    + values[i]
                    + "; the training has diverged: lower the learning rate or check the data. Values"
                    + " near the end of float32 may be further apart than it can say: scale them");
      }
    }
  }

  private DeltaRangeException tooLarge(FlatVector delta) {
    ChunkLayout chunks = terms.chunks();
    float[] values = new float[chunks.chunkValues()];
    long at = 0;
    float most = 0;
    for (int chunk = 0; chunk < chunks.chunkCount(); chunk++) {
      int count = chunks.length(chunk);
      delta.read(chunks.offset(chunk), values, count);
      for (int i = 0; i < count; i++) {
        if (Math.abs(values[i]) > Math.abs(most)) {
          most = values[i];
          at = chunks.offset(chunk) + i;
        }
      }
    }
    if (terms.isMasked()) {
      return new DeltaRangeException(
          at,
          ", the largest of the delta, is %s; contract %s masks values of at most %s: check the learning rate and the data, or create a contract with a greater range, which makes the steps of the values coarser"
              .formatted(most, terms.contract(), largest));
    }
    return new DeltaRangeException(
        at,
        ", the largest of the delta, is "
            + most
            + "; contract "
            + terms.contract()
            + " has deltas encoded as "
            + encoding.code()
            + ", which ends at "
            + largest
            + ": check the learning rate and the data, or create a contract with encoding "
            + (Math.abs(most) <= DeltaEncoding.BFLOAT16.largest() ? "bfloat16 or " : "")
            + "float32");
  }
}
