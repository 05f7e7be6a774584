package io.swarmstream.site.node.session;

import io.swarmstream.site.Merged;

/**
 * Which model it is.
 *
 * @param hash Merkle root, hex: a new swarm may have another model of the same round
 */
record ModelId(long round, String hash) {
  static ModelId of(Merged model) {
    return new ModelId(model.round(), model.hash().hex());
  }
}
