package io.swarmstream.site.node;

import io.swarmstream.schemas.rounds.CheckIn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer says of a sync beside its weights.
 *
 * @param initial whether these are weights that nothing has trained in the swarm: they make round
 *     0, and give way to a model that is there
 * @param loss mean training loss since the last sync; NaN: unknown
 * @param metric of the last merged model on the site's validation data; NaN: unknown
 * @param samples seen since the last sync; 0: unknown
 * @param epochsDone passes over its data so far
 * @param weight how much to count this time; null: as the session says
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
      throw SessionRequest.badValue("weight", weight, "at least 0");
    }
    if (samples < 0) {
      throw SessionRequest.badValue("samples", samples, "at least 0");
    }
    if (!(epochsDone >= 0) || Double.isInfinite(epochsDone)) {
      throw SessionRequest.badValue("epochsDone", epochsDone, "a number of at least 0");
    }
  }
}
