package io.swarmstream.lab.attack.leak;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** What deltas gave away; the figures are means over the seeds. */
@JsonPropertyOrder({"data", "sites", "rounds", "seeds"})
record LeakResult(
    String data,
    int sites,
    int rounds,
    List<Long> seeds,
    List<Inverted> inversion,
    List<Membership> membership) {

  /**
   * How well images are read off a delta.
   *
   * @param round that the delta belongs to
   * @param trainedOn what the delta was trained on, such as {@code 1 image}
   * @param correlation of the images with the best reconstruction of each, mean
   * @param recognised share of images with a correlation of 0.95 or more
   * @param guessed the same share when the candidates are images of other sites instead
   */
  record Inverted(
      int round, String trainedOn, double correlation, double recognised, double guessed) {}

  /**
   * How well members are told from others.
   *
   * @param from the delta that is read: of one site, or the merged one
   * @param auc 0.5 is a guess
   * @param found at 5 % false alarms; 0.05 is a guess
   */
  record Membership(int round, String from, double auc, double found) {}
}
