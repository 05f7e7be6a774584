package io.swarmstream.lab.attack.suite;

import io.swarmstream.examples.digits.DigitSplit;
import io.swarmstream.examples.digits.Samples;
import io.swarmstream.lab.attack.learner.LocalEpoch;
import io.swarmstream.lab.attack.learner.OneLayerNet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Plays one training with bad sites, from a seed. The bad sites have the lowest addresses, so ties
 * are decided in their favour.
 */
final class AttackedTraining {
  private static final int HIDDEN = 32;

  private final DigitSplit split;
  private final int bad;
  private final long seed;
  private final Attack attack;
  private final RoundMerge merge;
  private final OneLayerNet net;
  private final List<LocalEpoch> sites = new ArrayList<>();
  private final int[] weights;

  /** Not the random of the attacks, so that these do the same with groups and without. */
  private final SplittableRandom draws;

  /**
   * How a training ended.
   *
   * @param accuracy on the test set, 0 to 1
   * @param triggered share of test images with the backdoor's patch that the model takes for the
   *     target, 0 to 1
   */
  record Ending(double accuracy, double triggered) {}

  AttackedTraining(DigitSplit split, int bad, long seed, Attack attack, RoundMerge merge) {
    this.split = split;
    this.bad = bad;
    this.seed = seed;
    this.attack = attack;
    this.merge = merge;
    this.draws = new SplittableRandom(~seed);
    this.net = new OneLayerNet(split.test().width(), HIDDEN, split.test().classes());
    int count = split.sites().size();
    this.weights = new int[count];
    Arrays.fill(weights, 1);
    Arrays.fill(weights, 0, bad, attack.weight());
    for (int k = 0; k < count; k++) {
      Samples own = split.sites().get(k);
      sites.add(new LocalEpoch(k < bad ? attack.poison().poison(own) : own, seed * 1000 + k));
    }
  }

  Ending play(int rounds) {
    float[] model = net.initialWeights(seed);
    float[] last = new float[model.length];
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 1; round <= rounds; round++) {
      last = round(model, last, random);
      for (int i = 0; i < model.length; i++) {
        model[i] = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, model[i] + last[i]));
      }
    }
    Samples patched = BackdoorPatch.onOthers(split.test());
    return new Ending(net.accuracy(model, split.test()), net.accuracy(model, patched));
  }

  private float[] round(float[] model, float[] last, SplittableRandom random) {
    float[][] trained = new float[sites.size()][];
    Arrays.setAll(trained, k -> sites.get(k).delta(net, model));
    float[][] own = Arrays.copyOf(trained, bad);
    float[][] honest = Arrays.copyOfRange(trained, bad, trained.length);
    int[] drawn = merge.draw(draws);
    AttackView view =
        new AttackView(
            honest, own, last, random, sent -> merge.merge(join(sent, honest), weights, drawn));
    return merge.merge(join(attack.sent(view), honest), weights, drawn);
  }

  private static float[][] join(float[][] bad, float[][] honest) {
    float[][] all = Arrays.copyOf(bad, bad.length + honest.length);
    System.arraycopy(honest, 0, all, bad.length, honest.length);
    return all;
  }
}
