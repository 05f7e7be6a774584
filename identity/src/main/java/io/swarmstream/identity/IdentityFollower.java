package io.swarmstream.identity;

import io.swarmstream.schemas.processes.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an identity folder up to date with another source, on a thread of its own. */
public final class IdentityFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityFollower.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  /** Copies from the source into the folder. */
  @FunctionalInterface
  public interface Refresh {
    /** Returns whether the folder has changed. */
    boolean run() throws IOException;
  }

  private final IdentityFolder folder;
  private final Refresh refresh;
  private final BackgroundThread thread = new BackgroundThread("identity-follower");
  private String lastProblem = "";

  /** Begins to follow: calls {@code refresh} every ten seconds, until closed. */
  public static IdentityFollower of(IdentityFolder folder, Refresh refresh) {
    return new IdentityFollower(folder, refresh, EVERY);
  }

  IdentityFollower(IdentityFolder folder, Refresh refresh, Duration every) {
    this.folder = folder;
    this.refresh = refresh;
    thread.every(every, this::look);
  }

  private void look() {
    try {
      if (refresh.run()) {
        LOG.info("{}: has a new identity", folder);
      }
      lastProblem = "";
    } catch (IOException | RuntimeException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(lastProblem)) { // once for each problem, not every ten seconds
        lastProblem = problem;
        LOG.warn("{}: keeps its identity, because the new one cannot be used: {}", folder, problem);
      }
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
