package io.swarmstream.lab.attack.leak;

import io.swarmstream.examples.digits.DigitSplit;
import io.swarmstream.examples.digits.Samples;
import io.swarmstream.lab.attack.leak.LeakResult.Inverted;
import io.swarmstream.lab.attack.leak.LeakResult.Membership;
import io.swarmstream.lab.attack.learner.DataSplit;
import io.swarmstream.lab.attack.learner.LocalEpoch;
import io.swarmstream.lab.attack.learner.OneLayerNet;
import io.swarmstream.merge.CoordinateMerge;
import io.swarmstream.merge.MergeMethods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Plays an honest training, and attacks the deltas of its first site. */
final class DeltaLeak {
  private static final int HIDDEN = 32;
  private static final int[] BATCHES = {1, 2, 4, 8, 16};
  private static final int TRIALS = 20;

  private final LeakOptions options;
  private final long seed;
  private final DigitSplit split;
  private final OneLayerNet net;
  private final GradientInversion inversion;
  private final List<Inverted> inverted = new ArrayList<>();
  private final List<Membership> memberships = new ArrayList<>();

  DeltaLeak(LeakOptions options, Samples all, long seed) {
    this.options = options;
    this.seed = seed;
    // Even data: else members would be told from others by their classes alone.
    this.split = DataSplit.EVEN.deal(all, options.sites(), seed);
    this.net = new OneLayerNet(all.width(), HIDDEN, all.classes());
    this.inversion = new GradientInversion(net);
  }

  List<Inverted> inverted() {
    return inverted;
  }

  List<Membership> memberships() {
    return memberships;
  }

  DeltaLeak play() {
    List<LocalEpoch> sites = new ArrayList<>();
    for (int k = 0; k < options.sites(); k++) {
      sites.add(new LocalEpoch(split.sites().get(k), seed * 1000 + k));
    }
    int[] weights = new int[options.sites()];
    Arrays.fill(weights, 1);
    TreeSet<Integer> attacked = new TreeSet<>(List.of(1, (options.rounds() + 1) / 2));
    attacked.add(options.rounds());
    float[] model = net.initialWeights(seed);
    for (int round = 1; round <= options.rounds(); round++) {
      float[] base = model.clone();
      float[][] deltas = sites.stream().map(site -> site.delta(net, base)).toArray(float[][]::new);
      float[] merged = new float[base.length];
      ((CoordinateMerge) MergeMethods.named("mean")).merge(deltas, weights, merged);
      if (attacked.contains(round)) {
        attack(round, base, deltas[0], merged);
      }
      for (int i = 0; i < model.length; i++) {
        model[i] += merged[i];
      }
    }
    return this;
  }

  private void attack(int round, float[] base, float[] delta, float[] merged) {
    Samples own = split.sites().get(0);
    for (int size : BATCHES) {
      inverted.add(afterOneStep(round, base, own, size));
    }
    int[] all = IntStream.range(0, own.size()).toArray();
    inverted.add(read(round, "a round", own, List.of(new Attempt(all, delta))));
    float[] unmoved = new float[base.length];
    memberships.add(membership(round, "one site", base, delta, unmoved, own));
    memberships.add(membership(round, "one site, less the merge", base, delta, merged, own));
    memberships.add(membership(round, "merged", base, merged, unmoved, split.pooled()));
  }

  /** A delta, and the samples that it was trained on. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Attempt(int[] samples, float[] delta) {}

  private Inverted afterOneStep(int round, float[] base, Samples own, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Attempt> attempts = new ArrayList<>();
    for (int trial = 0; trial < TRIALS; trial++) {
      int[] batch =
          random.ints(0, own.size()).distinct().limit(Math.min(size, own.size())).toArray();
      float[] next = base.clone();
      LocalEpoch.step(net, next, own, batch);
      for (int i = 0; i < next.length; i++) {
        next[i] -= base[i];
      }
      attempts.add(new Attempt(batch, next));
    }
    return read(round, size == 1 ? "1 image" : size + " images", own, attempts);
  }

  private Inverted read(int round, String trainedOn, Samples own, List<Attempt> attempts) {
    Samples others = split.sites().get(1);
    List<float[]> guesses =
        IntStream.range(0, Math.min(net.hidden(), others.size()))
            .mapToObj(
                i -> {
                  float[] image = new float[others.width()];
                  others.copyFeatures(i, image, 0);
                  return image;
                })
            .toList();
    List<Double> read = new ArrayList<>();
    List<Double> guessed = new ArrayList<>();
    for (Attempt attempt : attempts) {
      List<float[]> candidates = inversion.candidates(attempt.delta());
      for (int sample : attempt.samples()) {
        read.add(GradientInversion.best(own, sample, candidates));
        guessed.add(GradientInversion.best(own, sample, guesses));
      }
    }
    return new Inverted(
        round,
        trainedOn,
        read.stream().mapToDouble(Double::doubleValue).average().orElse(0),
        recognised(read),
        recognised(guessed));
  }

  private static double recognised(List<Double> correlations) {
    long above = correlations.stream().filter(each -> each >= GradientInversion.RECOGNISED).count();
    return (double) above / correlations.size();
  }

  /**
   * Tells the members from the test set.
   *
   * @param usual a delta that shows how easily each record is learnt; its falls are subtracted
   */
  private Membership membership(
      int round, String from, float[] base, float[] delta, float[] usual, Samples members) {
    MembershipInference.Told told =
        MembershipInference.tell(
            falls(base, delta, usual, members), falls(base, delta, usual, split.test()));
    return new Membership(round, from, told.auc(), told.found());
  }

  private double[] falls(float[] base, float[] delta, float[] usual, Samples data) {
    double[] falls = MembershipInference.falls(net, base, delta, data);
    double[] easy = MembershipInference.falls(net, base, usual, data);
    Arrays.setAll(falls, i -> falls[i] - easy[i]);
    return falls;
  }
}
