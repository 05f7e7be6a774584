package io.swarmstream.site.node.session;

import io.swarmstream.schemas.rounds.ClippedDelta;
import io.swarmstream.site.ForeignContribution;
import io.swarmstream.site.Merged;
import io.swarmstream.site.RoundParticipant;
import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.node.weights.SquareSum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A round as a trainer learns of it.
 *
 * @param participated whether the round that was contributed to has this site's contribution
 * @param meanLoss of the participants, by weight; NaN: none reported one
 * @param nextInterval mini-batches before the next merge; 0: each trainer keeps its own interval
 * @param trainingOver whether this is the final model
 * @param norm Euclidean norm of the model
 * @param warning that somebody else has this site's key; null: nothing says so
 * @param clipped that this site's delta was longer than the round allowed, and was scaled down;
 *     null: it was not
 * @param clip Euclidean length to which the next deltas are clipped, if the clip is adaptive; null:
 *     it is not
 */
public record MergedRound(
    long round,
    boolean participated,
    List<String> participants,
    String modelHash,
    double meanLoss,
    int nextInterval,
    boolean trainingOver,
    double norm,
    @Nullable String warning,
    @Nullable String clipped,
    @Nullable Double clip) {

  static MergedRound of(Merged merged, String site, boolean participated, boolean trainingOver) {
    RoundSummary summary = merged.summary();
    return new MergedRound(
        merged.round(),
        participated,
        summary.participants().stream().map(RoundParticipant::name).toList(),
        merged.hash().hex(),
        summary.meanLoss(),
        merged.nextInterval(),
        trainingOver,
        SquareSum.norm(merged.vector(), summary.parameterCount()),
        merged.foreign().map(ForeignContribution::warning).orElse(null),
        merged.clipped(site).map(ClippedDelta::toString).orElse(null),
        merged.clip().orElse(null));
  }
}
