package io.swarmstream.lab.attack.suite;

import io.swarmstream.examples.digits.DigitSplit;
import io.swarmstream.examples.digits.Samples;
import io.swarmstream.lab.attack.learner.DataSplit;
import io.swarmstream.lab.attack.suite.AttackedTraining.Ending;
import io.swarmstream.lab.attack.suite.SuiteResult.AttackCell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Plays every attack against every merge method, on all cores. */
final class AttackSuite {
  private final SuiteOptions options;
  private final List<Long> seeds;
  private final Map<Play, Future<Ending>> plays = new LinkedHashMap<>();

  AttackSuite(SuiteOptions options) {
    this.options = options;
    this.seeds =
        LongStream.range(0, options.seeds()).mapToObj(i -> options.firstSeed() + i).toList();
  }

  /** One training. */
  private record Play(DataSplit split, String maxNorm, Attack attack, String merge, long seed) {}

  /** Told how many of the trainings have ended. */
  interface Watcher {
    void ended(int trainings, int of);
  }

  SuiteResult run(Watcher watcher) throws Exception {
    ExecutorService cores =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      start(cores);
      int ended = 0;
      for (Future<Ending> play : plays.values()) {
        play.get();
        watcher.ended(++ended, plays.size());
      }
      return result();
    } finally {
      cores.shutdownNow();
    }
  }

  private void start(ExecutorService cores) {
    Samples all = options.data().load();
    for (DataSplit split : options.splits()) {
      for (long seed : seeds) {
        DigitSplit dealt = split.deal(all, options.sites(), seed);
        for (String maxNorm : options.maxNorms()) {
          for (String merge : options.merges()) {
            for (Attack attack : attacks()) {
              RoundMerge rule = new RoundMerge(merge, maxNorm, options.sites(), options.groups());
              if (attack != Attack.ABSENT || rule.merges(options.sites() - options.bad())) {
                AttackedTraining training =
                    new AttackedTraining(dealt, options.bad(), seed, attack, rule);
                plays.put(
                    new Play(split, maxNorm, attack, merge, seed),
                    cores.submit(() -> training.play(options.rounds())));
              }
            }
          }
        }
      }
    }
  }

  /** The losses of all are counted from {@code nobody}. */
  private Set<Attack> attacks() {
    Set<Attack> attacks = new LinkedHashSet<>(List.of(Attack.NOBODY));
    attacks.addAll(options.attacks());
    return attacks;
  }

  private SuiteResult result() throws Exception {
    List<AttackCell> cells = new ArrayList<>();
    for (DataSplit split : options.splits()) {
      for (String maxNorm : options.maxNorms()) {
        for (Attack attack : attacks()) {
          for (String merge : options.merges()) {
            cells.add(cell(split, maxNorm, attack, merge));
          }
        }
      }
    }
    return new SuiteResult(
        options.data().toString(),
        options.sites(),
        options.bad(),
        options.groups(),
        options.rounds(),
        seeds,
        cells);
  }

  private AttackCell cell(DataSplit split, String maxNorm, Attack attack, String merge)
      throws Exception {
    List<Double> accuracy = new ArrayList<>();
    List<Double> lost = new ArrayList<>();
    List<Double> triggered = new ArrayList<>();
    for (long seed : seeds) {
      Future<Ending> play = plays.get(new Play(split, maxNorm, attack, merge, seed));
      if (play == null) {
        return new AttackCell(
            split.toString(), maxNorm, attack.toString(), merge, null, null, null);
      }
      Play honest = new Play(split, maxNorm, Attack.NOBODY, merge, seed);
      accuracy.add(play.get().accuracy());
      lost.add(Objects.requireNonNull(plays.get(honest)).get().accuracy() - play.get().accuracy());
      triggered.add(play.get().triggered());
    }
    return new AttackCell(
        split.toString(),
        maxNorm,
        attack.toString(),
        merge,
        SeedRange.of(accuracy),
        SeedRange.of(lost),
        SeedRange.of(triggered));
  }
}
