package io.swarmstream.cli.train;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restarts sites that died, as a process supervisor at each site does. */
public final class SiteWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SiteWatch.class);
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final long PAUSE_MS = 50;

  private final TrainingRun run;
  private final Thread thread = new Thread(this::watch, "site-watch");
  private final Map<SiteProcess, Long> missedSince = new HashMap<>();
  private volatile boolean isClosed;
  private final AtomicInteger restarts = new AtomicInteger();

  private SiteWatch(TrainingRun run) {
    this.run = run;
  }

  /** Starts all sites and watches them from then on. */
  public static SiteWatch start(TrainingRun run) throws IOException {
    run.startSites();
    SiteWatch watch = new SiteWatch(run);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** Number of restarts of all sites. */
  public int restarts() {
    return restarts.get();
  }

  /** Whether all sites have completed their last round and ended. */
  public boolean isDone() {
    return run.sites().stream().allMatch(SiteProcess::isDone);
  }

  private void watch() {
    try {
      while (!isClosed) {
        for (SiteProcess site : run.sites()) {
          if (site.isAlive() || site.isDone()) {
            missedSince.remove(site);
          } else if (System.nanoTime() - missedSince.computeIfAbsent(site, s -> System.nanoTime())
              > DELAY.toNanos()) {
            site.start();
            restarts.incrementAndGet();
          }
        }
        Thread.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.error("A site could not be started again; the sites are watched no more", e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    isClosed = true;
    thread.join();
    run.close();
  }
}
