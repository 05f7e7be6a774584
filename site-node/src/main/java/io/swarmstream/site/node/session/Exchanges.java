package io.swarmstream.site.node.session;

import org.jspecify.annotations.Nullable;

/**
 * What a session last sent to the swarm and received from it.
 *
 * @param sent null: nothing yet
 * @param received null: nothing yet
 */
public record Exchanges(@Nullable Exchange sent, @Nullable Exchange received) {
  static final Exchanges NONE = new Exchanges(null, null);
}
