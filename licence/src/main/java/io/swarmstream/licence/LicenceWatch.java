package io.swarmstream.licence;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which of two servers gives leases. The primary does whenever it runs. The secondary does
 * when the primary has not answered for a while, until it answers again and has been told.
 */
final class LicenceWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LicenceWatch.class);

  private final LicenceDesk desk;
  private final LicencePartner partner;
  private final boolean isPrimary;
  private final Duration patience;
  private final Thread thread;
  private long heardNanos = System.nanoTime();

  LicenceWatch(LicenceDesk desk, LicencePartner partner, boolean isPrimary, Duration patience) {
    this.desk = desk;
    this.partner = partner;
    this.isPrimary = isPrimary;
    this.patience = patience;
    this.thread = new Thread(this::run, "licence-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(Math.max(50, patience.toMillis() / 3));
        look();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void look() throws InterruptedException {
    try {
      if (isPrimary) {
        boolean wasAway = !partner.answers();
        if (partner.isActive() || (wasAway && partner.answers())) {
          var unused = desk.tellPartner();
        }
        return;
      }
      if (partner.isActive()) {
        heardNanos = System.nanoTime();
        // What this one gave meanwhile has to be known there before it stops.
        if (desk.isActive() && desk.tellPartner()) {
          desk.activate(false);
        }
      } else if (System.nanoTime() - heardNanos > patience.toNanos()) {
        desk.activate(true);
      }
    } catch (RuntimeException e) {
      LOG.error("the watch over the other licence server failed; it goes on", e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join(Duration.ofSeconds(5).toMillis());
  }
}
