package io.swarmstream.local;

import java.util.Optional;

/** The main job on the mini cluster, as a supervisor sees it. */
record WatchedJob(LocalCluster cluster) implements Watched {
  static final String NAME = "the main job";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Trouble> trouble() throws InterruptedException {
    return cluster.trouble();
  }

  @Override
  public void restart() throws Exception {
    cluster.restart();
  }
}
