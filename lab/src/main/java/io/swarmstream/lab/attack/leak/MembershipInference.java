package io.swarmstream.lab.attack.leak;

import io.swarmstream.examples.digits.Samples;
import io.swarmstream.lab.attack.learner.OneLayerNet;
import java.util.Arrays;

/**
 * Tells whether somebody's record was trained on, from how far a delta lowers its loss: records
 * that were trained on fall farther than others of their kind.
 */
final class MembershipInference {
  /** Share of strangers that are wrongly called members. */
  private static final double FALSE_ALARMS = 0.05;

  private MembershipInference() {}

  /**
   * How well members are told from others.
   *
   * @param auc chance that a member's loss falls farther than a stranger's; a guess has 0.5
   * @param found share of members that are found when 5 % of the strangers are called members, too;
   *     a guess finds 0.05
   */
  record Told(double auc, double found) {}

  /** How far a delta lowers the loss of each sample. */
  static double[] falls(OneLayerNet net, float[] model, float[] delta, Samples data) {
    float[] next = new float[model.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = model[i] + delta[i];
    }
    double[] falls = new double[data.size()];
    Arrays.setAll(falls, i -> net.loss(model, data, i) - net.loss(next, data, i));
    return falls;
  }

  static Told tell(double[] members, double[] strangers) {
    double above = 0;
    for (double member : members) {
      for (double stranger : strangers) {
        above += member > stranger ? 1 : member == stranger ? 0.5 : 0;
      }
    }
    double[] sorted = strangers.clone();
    Arrays.sort(sorted);
    int allowed = (int) (FALSE_ALARMS * sorted.length);
    double threshold = sorted[sorted.length - 1 - allowed];
    long found = Arrays.stream(members).filter(member -> member > threshold).count();
    return new Told(above / members.length / strangers.length, (double) found / members.length);
  }
}
