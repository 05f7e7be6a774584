package io.swarmstream.site.node;

import java.util.Optional;

/** Says whether a node may begin a training; those that it has begun go on, whatever it says. */
@FunctionalInterface
public interface TrainingPermit {
  /** Why it may not, and the way out; empty: it may. */
  Optional<String> refusal();
}
