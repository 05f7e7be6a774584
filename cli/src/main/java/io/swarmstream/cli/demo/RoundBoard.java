package io.swarmstream.cli.demo;

import io.swarmstream.site.Merged;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the sites' threads say which round's model they hold, and where the demo waits for all of
 * them.
 */
final class RoundBoard {
  private final int sites;

  /** By name: the newest round that a site holds; no entry: none yet. */
  private final Map<String, Long> newest = new HashMap<>();

  private final Map<Long, Held> rounds = new HashMap<>();
  private @Nullable Exception failure;

  RoundBoard(int sites) {
    this.sites = sites;
  }

  /** A round's model, its first holder, when the first site began and the last one held it. */
  private record Held(Merged merged, String holder, long beganNs, long heldNs) {
    Held and(long began, long now) {
      return new Held(merged, holder, beganNs - began < 0 ? beganNs : began, now);
    }
  }

  /**
   * A site reports that it holds a verified model.
   *
   * @param beganNs when it began to train for it, as {@link System#nanoTime()}
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

  /** A site has failed; nobody waits for it any longer. */
  synchronized void fail(Exception e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /**
   * Waits until every site holds this round's model or a later one.
   *
   * @throws Exception what stopped a site
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
