package io.swarmstream.site.internal;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.Anchor;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.UnprovenException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares round records with their anchors on the chain, at once or as soon as there are any. */
final class AnchorCheck {
  private static final Logger LOG = LoggerFactory.getLogger(AnchorCheck.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  /** Most rounds that wait to be compared; beyond these the oldest is dropped with a warning. */
  private static final int KEPT_ROUNDS = 1024;

  private final ChainClient chain;
  private final SiteOptions options;
  private final Deque<PublishedRound> unchecked = new ArrayDeque<>();

  AnchorCheck(ChainClient chain, SiteOptions options) {
    this.chain = chain;
    this.options = options;
  }

  /**
   * Waits for the round's anchor as long as the options say; true when it equals the record.
   *
   * @throws UnprovenException when it differs, or is required and did not come in time
   */
  boolean confirm(PublishedRound sealed) throws InterruptedException {
    compareEarlier();
    long end = System.nanoTime() + options.anchorPatience().toNanos();
    Duration pause = FIRST_PAUSE;
    String reason = "the chain has no anchor of it yet";
    while (true) {
      try {
        Optional<Anchor> anchor = chain.anchors().anchor(options.contract(), sealed.round());
        if (anchor.isPresent()) {
          compare(sealed, anchor.get());
          return true;
        }
      } catch (ChainException e) {
        reason = e.getMessage();
        if (!options.anchorRequired()) {
          break;
        }
      }
      if (System.nanoTime() >= end) {
        break;
      }
      Thread.sleep(pause.toMillis());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
    if (options.anchorRequired()) {
      throw new UnprovenException(
          sealed
              + " was not used: an anchor is required and none came within "
              + options.anchorPatience().toMillis()
              + " ms: "
              + reason);
    }
    LOG.warn("{} is used before it is anchored ({}); it will be compared later", sealed, reason);
    unchecked.addLast(sealed);
    if (unchecked.size() > KEPT_ROUNDS) {
      LOG.warn(
          "{} will not be compared: too many rounds wait for the chain", unchecked.removeFirst());
    }
    return false;
  }

  private void compareEarlier() {
    for (Iterator<PublishedRound> rounds = unchecked.iterator(); rounds.hasNext(); ) {
      PublishedRound sealed = rounds.next();
      Optional<Anchor> anchor;
      try {
        anchor = chain.anchors().anchor(options.contract(), sealed.round());
      } catch (ChainException e) {
        return; // still unreachable; the next round asks again
      }
      if (anchor.isEmpty()) {
        return; // anchors come in the order of the rounds
      }
      compare(sealed, anchor.get());
      rounds.remove();
    }
  }

  private static void compare(PublishedRound sealed, Anchor anchor) {
    if (!sealed.anchor().equals(anchor)) {
      throw new UnprovenException(
          sealed
              + " is not what the chain has: its record hashes to "
              + sealed.anchor().recordHash()
              + " with model "
              + sealed.anchor().modelHash()
              + ", anchored are record "
              + anchor.recordHash()
              + " and model "
              + anchor.modelHash()
              + "; somebody has changed the log: stop and find out who");
    }
  }
}
