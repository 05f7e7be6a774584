package io.swarmstream.cli.demo;

import io.swarmstream.site.Merged;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects from the sites' threads which round's model each site holds; the demo waits here for all
 * sites.
 */
final class RoundBoard {
  private final int sites;

  /** The newest round that each site holds, by name; no entry when it holds none yet. */
  private final Map<String, Long> newest = new HashMap<>();

  private final Map<Long, Held> rounds = new HashMap<>();
  private @Nullable Exception failure;

  RoundBoard(int sites) {
    this.sites = sites;
  }

  /** A round's model, its first holder, and when the first site began and the last one held it. */
  private record Held(Merged merged, String holder, long beganNs, long heldNs) {
    Held and(long began, long now) {
      return new Held(merged, holder, beganNs - began < 0 ? beganNs : began, now);
    }
  }

  /**
   * Records that a site holds a verified model.
   *
   * @param beganNs when the site began to train for it, as {@link System#nanoTime()}
   */
  synchronized void hold(String site, Merged merged, long beganNs) {
    long now = System.nanoTime();
    @Nullable Held known = rounds.get(merged.round());
    if (known == null) {
      rounds.put(merged.round(), new Held(merged, site, beganNs, now));
    } else if (known.merged().hash().equals(merged.hash())) {
      rounds.put(merged.round(), known.and(beganNs, now));
    } else {
      fail(
          new IllegalStateException(
              "round %d has two models: %s holds %s, %s holds %s; one round must have one model"
                  .formatted(
                      merged.round(), known.holder(), known.merged().hash(), site, merged.hash())));
    }
    newest.put(site, merged.round());
    notifyAll();
  }

  /** Records that a site has failed; ends all waits. */
  synchronized void fail(Exception e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /**
   * Waits until every site holds this round's model or a later one.
   *
   * @throws Exception the failure of a site
   */
  synchronized HeldRound await(long round, Duration deadline) throws Exception {
    long end = System.nanoTime() + deadline.toNanos();
    while (failure == null && !allHold(round)) {
      long leftMs = (end - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        throw new IllegalStateException(
            "round %d was not done within %d s; the sites are at %s"
                .formatted(round, deadline.toSeconds(), newest));
      }
      wait(leftMs);
    }
    if (failure != null) {
      throw failure;
    }
    @Nullable Held held = rounds.remove(round);
    if (held == null) {
      throw new IllegalStateException("round " + round + " was skipped by every site");
    }
    return new HeldRound(held.merged(), (held.heldNs() - held.beganNs()) / 1_000_000);
  }

  private boolean allHold(long round) {
    return newest.size() == sites && newest.values().stream().allMatch(at -> at >= round);
  }
}
