package io.swarmstream.site.node.session;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.node.problem.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer reports with a sync, beside its weights.
 *
 * @param initial whether nothing in the swarm has trained these weights: they make round 0, or give
 *     way to a model that is there
 * @param loss mean training loss since the last sync; NaN: unknown
 * @param metric of the last merged model on the site's validation data; NaN: unknown
 * @param samples seen since the last sync; 0: unknown
 * @param epochsDone passes over its data so far
 * @param weight how much this contribution counts; null: the session's weight
 * @param checkIn whether the trainer still trains
 * @param deadline longest wait for the round
 */
public record SyncRequest(
    boolean initial,
    double loss,
    double metric,
    long samples,
    double epochsDone,
    @Nullable Integer weight,
    CheckIn checkIn,
    Duration deadline) {

  public SyncRequest {
    if (weight != null && weight < 0) {
      throw ProblemException.badValue("weight", weight, "at least 0");
    }
    if (samples < 0) {
      throw ProblemException.badValue("samples", samples, "at least 0");
    }
    if (!(epochsDone >= 0) || Double.isInfinite(epochsDone)) {
      throw ProblemException.badValue("epochsDone", epochsDone, "a number of at least 0");
    }
  }
}
