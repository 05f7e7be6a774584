package io.swarmstream.tasks.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Starts the nodes of sites, which survive the agent, and finds them again. */
public interface SiteNodes {
  /** Starts a node; there must be none at the order's place. */
  StartedNode start(SiteOrder order) throws IOException;

  /** The node that was started with this place, by whichever agent, if it runs. */
  Optional<StartedNode> find(Path place) throws IOException;

  /** A node that runs, or did. */
  interface StartedNode {
    /** Whether trainers can reach it. */
    boolean isReady();

    /** Asks it to leave its trainings and to end; kills it after the grace period. */
    void stop(Duration grace);
  }
}
