package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.rounds.CheckIn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Computes a round's drift and the interval after it as ADR 17 defines them, in plain loops. */
final class ReferencePace {
  private ReferencePace() {}

  static void checkInterval(ContractTerms terms, RoundRecord record, @Nullable RoundRecord before) {
    int next =
        terms.isAdaptive() && before != null
            ? next(terms, record, before.getNextInterval())
            : terms.adaptiveInterval();
    Broken.unless(
        record.getNextInterval() == next,
        "round %d says that the next interval is %d, the reference %d",
        record.getRound(),
        record.getNextInterval(),
        next);
    Broken.unless(
        before == null
            || before.getAllowedDrift() == 0
            || before.getAllowedDrift() == record.getAllowedDrift(),
        "round %d allows another drift than the one before",
        record.getRound());
  }

  private static int next(ContractTerms terms, RoundRecord record, int current) {
    double drift = record.getDrift();
    double allowed = record.getAllowedDrift();
    if (counting(record).size() < 2
        || allowed == 0
        || (drift <= 1.25 * allowed && allowed <= 1.25 * drift)) {
      return current;
    }
    double factor = Math.min(2, Math.max(0.5, Math.sqrt(allowed / drift)));
    int next = (int) Math.rint(current * factor);
    if (next == current) {
      next += allowed > drift ? 1 : -1;
    }
    int first = terms.adaptiveInterval();
    return Math.min(8 * first, Math.max(Math.max(1, first / 8), next));
  }

  /**
   * Compares with a tolerance for rounding: a different order of addition changes the last digits.
   */
  static void checkDrift(
      ContractTerms terms, RoundRecord record, List<float[]> deltas, float[] merged) {
    double expected =
        terms.isAdaptive() && record.getRound() > 0 && counting(record).size() >= 2
            ? drift(record, deltas, merged)
            : 0;
    Broken.unless(
        Math.abs(record.getDrift() - expected) <= 1e-9 * expected,
        "round %d says that the sites' drift is %s, the reference %s",
        record.getRound(),
        record.getDrift(),
        expected);
  }

  /** The median distance, with each distance repeated as often as its weight. */
  private static double drift(RoundRecord record, List<float[]> deltas, float[] merged) {
    List<Double> all = new ArrayList<>();
    for (int site : counting(record)) {
      double square = 0;
      for (int i = 0; i < merged.length; i++) {
        square += Math.pow((double) deltas.get(site)[i] - merged[i], 2);
      }
      for (int times = 0; times < weight(record, site); times++) {
        all.add(Math.sqrt(square));
      }
    }
    return all.stream().sorted().toList().get((all.size() - 1) / 2);
  }

  private static List<Integer> counting(RoundRecord record) {
    return IntStream.range(0, record.getParticipants().size())
        .filter(k -> weight(record, k) > 0)
        .boxed()
        .toList();
  }

  private static int weight(RoundRecord record, int participant) {
    ContributionHeader header = record.getParticipants().get(participant).getHeader();
    return header.getCheckIn().equals(CheckIn.TRAINING.code()) ? header.getWeight() : 0;
  }
}
