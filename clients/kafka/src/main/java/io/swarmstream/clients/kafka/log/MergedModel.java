package io.swarmstream.clients.kafka.log;

import java.util.Arrays;

/**
 * The merged model of a sealed round, verified against the hash in the round record.
 *
 * @param sealed the round's record
 * @param weights the flat vector of parameters; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode compare content
public record MergedModel(PublishedRound sealed, float[] weights) {
  @Override
  public boolean equals(Object other) {
    return other instanceof MergedModel that
        && sealed.equals(that.sealed)
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return sealed.hashCode();
  }

  @Override
  public String toString() {
    return "model of " + sealed + ", " + weights.length + " parameters";
  }
}
