package io.swarmstream.lab.chaos;

import io.swarmstream.merge.MergeMethods;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens in a run, drawn from the seed before anything starts.
 *
 * @param run number of the run, from 1
 * @param merge merge method of its contract
 * @param victim which of several processes of the kind
 * @param moment when to kill, as a share (0 to 1) of the undisturbed training from round 0 to the
 *     last round but one
 * @param backAfter how long the killed process stays down
 */
record Fate(int run, String merge, Kind kind, int victim, double moment, Duration backAfter) {
  private static final int SHORTEST_AWAY_MS = 500;
  private static final int LONGEST_AWAY_MS = 2_000;

  /** A process that has a standby, or that no round waits for, may stay down longer. */
  private static final int LONGER = 4;

  static Fate draw(int run, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + run);
    List<String> methods = MergeMethods.names();
    List<Kind> kinds = List.of(Kind.values());
    Kind kind = kinds.get(random.nextInt(kinds.size()));
    int victim = random.nextInt(Integer.MAX_VALUE);
    double moment = random.nextDouble();
    long away = random.nextInt(SHORTEST_AWAY_MS, LONGEST_AWAY_MS);
    return new Fate(
        run,
        methods.get(run % methods.size()),
        kind,
        victim,
        moment,
        Duration.ofMillis(kind.isSpare() ? LONGER * away : away));
  }
}
