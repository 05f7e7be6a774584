package io.swarmstream.clients.kafka.log;

import io.swarmstream.schemas.layout.FlatVector;

/**
 * A merged model that a reader has already.
 *
 * @param round that made it; -1: there is none
 * @param values its weights
 */
public record KnownModel(long round, FlatVector values) {
  /** No model. */
  public static final KnownModel NONE = new KnownModel(-1, FlatVector.of(new float[0]));
}
