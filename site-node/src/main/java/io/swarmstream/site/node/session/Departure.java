package io.swarmstream.site.node.session;

import io.swarmstream.site.SwarmSite;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a session: stops its worker, tells the swarm if it should, and closes what it holds. */
final class Departure {
  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  private final Worker worker;
  private final SwarmSite site;
  private final SyncDesk desk;
  private final LastWeights last;
  private final SessionFolder folder;

  Departure(Worker worker, SwarmSite site, SyncDesk desk, LastWeights last, SessionFolder folder) {
    this.worker = worker;
    this.site = site;
    this.desk = desk;
    this.last = last;
    this.folder = folder;
  }

  /** Leaves for good; returns whether the swarm was told. */
  boolean leave() throws IOException, InterruptedException {
    boolean told = end(true);
    folder.forget();
    return told;
  }

  /**
   * Leaves until the node is started again; returns whether the swarm was told.
   *
   * @param over whether the training is over, so that there is nothing to come back to
   */
  boolean suspend(boolean over) throws InterruptedException {
    boolean told = end(!over);
    if (over) {
      try {
        folder.forget();
      } catch (IOException e) {
        LOG.warn("Cannot delete {}; delete it by hand", folder.path(), e);
      }
    }
    return told;
  }

  /** Ends without telling anybody. */
  boolean abandon() throws InterruptedException {
    return end(false);
  }

  private boolean end(boolean tell) throws InterruptedException {
    worker.close();
    desk.close();
    try {
      return !tell || site.standDown();
    } finally {
      site.close();
      last.close();
    }
  }
}
