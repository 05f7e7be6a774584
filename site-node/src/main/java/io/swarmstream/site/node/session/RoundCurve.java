package io.swarmstream.site.node.session;

import io.swarmstream.site.RoundSummary;
import io.swarmstream.site.TrainingRounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the rounds of a training for its curves, in bounded memory: when there are too many,
 * every second one is forgotten, and from then on half as many are remembered. The newest is always
 * there. Safe for use by several threads.
 */
final class RoundCurve {
  /** Rounds that are remembered at most, besides the newest. */
  static final int MOST = 1_000;

  private final String site;
  private final List<RoundPoint> kept = new ArrayList<>();
  private long step = 1;
  private @Nullable RoundPoint newest;

  /**
   * An empty curve.
   *
   * @param site address of the site whose loss and metric are remembered
   */
  RoundCurve(String site) {
    this.site = site;
  }

  /**
   * The remembered rounds, oldest first.
   *
   * @param step every so many rounds one is remembered
   */
  record Curve(List<RoundPoint> points, long step) {}

  synchronized Curve curve() {
    List<RoundPoint> all = new ArrayList<>(kept);
    if (newest != null && (kept.isEmpty() || kept.get(kept.size() - 1).round() != newest.round())) {
      all.add(newest);
    }
    return new Curve(List.copyOf(all), step);
  }

  /** Takes the rounds that were sealed since the last call, as far as they are still known. */
  synchronized void follow(TrainingRounds rounds) {
    long to = rounds.newest().map(RoundSummary::round).orElse(-1L);
    long from = newest == null ? 0 : newest.round() + 1;
    for (long round = Math.max(from, to - MOST); round <= to; round++) {
      Optional<RoundSummary> found = rounds.find(round);
      if (found.isPresent()) {
        add(RoundPoint.of(found.get(), site));
      }
    }
  }

  /** Adds a round that is newer than all others. */
  synchronized void add(RoundPoint point) {
    newest = point;
    if (point.round() % step == 0) {
      kept.add(point);
    }
    while (kept.size() > MOST) {
      step *= 2;
      kept.removeIf(each -> each.round() % step != 0);
    }
  }

  /** Notes how long a remembered round took here. */
  synchronized void took(long round, RoundPoint.Stages stages) {
    if (newest != null && newest.round() == round) {
      newest = newest.with(stages);
    }
    for (int i = kept.size() - 1; i >= 0 && kept.get(i).round() >= round; i--) {
      if (kept.get(i).round() == round) {
        kept.set(i, kept.get(i).with(stages));
      }
    }
  }
}
