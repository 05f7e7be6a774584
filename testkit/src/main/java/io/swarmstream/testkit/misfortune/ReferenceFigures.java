package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundRecord;
import java.util.Collections;
import java.util.List;

/**
 * What a record says of each delta, in plain loops. Compares with a tolerance for rounding, since a
 * different order of addition changes the last digits.
 */
final class ReferenceFigures {
  private static final double TOLERANCE = 1e-9;

  private ReferenceFigures() {}

  static void check(ContractTerms terms, RoundRecord record, List<float[]> deltas, float[] merged) {
    double mergedNorm = Math.sqrt(product(merged, merged));
    checkSame(record, "length of the merged delta", record.getMergedNorm(), mergedNorm);
    for (int k = 0; k < deltas.size(); k++) {
      float[] delta = deltas.get(k);
      double norm = Math.sqrt(product(delta, delta));
      checkSame(record, "length of delta " + k, record.getNorms().get(k), norm);
      double cosine =
          norm == 0 || mergedNorm == 0 ? Double.NaN : product(delta, merged) / norm / mergedNorm;
      checkSame(record, "cosine of delta " + k, record.getCosines().get(k), cosine);
    }
    long bytes = terms.payloadBytes(record.getRound());
    Broken.unless(
        record.getBytes().equals(Collections.nCopies(deltas.size(), bytes)),
        "round %d says that sites sent %s bytes, each sent %d",
        record.getRound(),
        record.getBytes(),
        bytes);
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  private static void checkSame(RoundRecord record, String what, double said, double expected) {
    Broken.unless(
        Double.compare(said, expected) == 0
            || Math.abs(said - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)),
        "round %d says that the %s is %s, the reference %s",
        record.getRound(),
        what,
        said,
        expected);
  }
}
