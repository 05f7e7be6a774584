package io.swarmstream.operators.sealing;

import io.swarmstream.merge.Drift;
import io.swarmstream.operators.merging.RoundLimits;
import io.swarmstream.operators.messages.RoundHead;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.rounds.CheckIn;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a round says about the time until the next one; all 0 when the contract is not adaptive.
 *
 * @param drift how far the sites had drifted apart; 0 also when there were no two to compare
 * @param allowedDrift how far they may: as far as they moved together in the first round before
 *     which they trained; 0: not known yet
 * @param nextInterval mini-batches that each site trains before the next merge
 */
public record Pace(double drift, double allowedDrift, int nextInterval) {
  /** Of contracts in which each site keeps its interval. */
  public static final Pace FIXED = new Pace(0, 0, 0);

  /** The pace that a record tells. */
  public static Pace of(RoundRecord record) {
    return new Pace(record.getDrift(), record.getAllowedDrift(), record.getNextInterval());
  }

  /**
   * The pace after a round.
   *
   * @param before that after the round before; null: this is round 0
   * @param squares what the {@link Drift} is made of, in the order of the chunks; none when the
   *     contract is not adaptive
   */
  public static Pace after(RoundHead head, @Nullable Pace before, List<double[]> squares) {
    ContractTerms terms = head.terms();
    if (!terms.isAdaptive()) {
      return FIXED;
    }
    int first = terms.adaptiveInterval();
    if (before == null) {
      return new Pace(0, 0, first); // round 0 merges initial weights, which nobody has trained
    }
    Optional<Drift> measured = Drift.of(squares, trainingWeights(head));
    if (measured.isEmpty()) {
      return new Pace(0, before.allowedDrift, before.nextInterval);
    }
    double apart = measured.get().apart();
    double allowed = before.allowedDrift > 0 ? before.allowedDrift : measured.get().together();
    return new Pace(apart, allowed, IntervalRule.next(first, before.nextInterval, apart, allowed));
  }

  /**
   * A site that has finished repeats itself: that is not how far training carries it. Of the
   * others, too, none counts more than the terms allow.
   */
  private static int[] trainingWeights(RoundHead head) {
    return RoundLimits.weights(head.terms().limits(), trainingWeightsAsked(head));
  }

  private static int[] trainingWeightsAsked(RoundHead head) {
    return head.participants().stream()
        .map(RoundHead.Participating::header)
        .mapToInt(header -> header.checkIn().equals(CheckIn.TRAINING.code()) ? header.weight() : 0)
        .toArray();
  }
}
