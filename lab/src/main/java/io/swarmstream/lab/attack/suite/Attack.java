package io.swarmstream.lab.attack.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the bad sites of a training do. */
enum Attack {
  NOBODY("all sites are honest", Poison.NONE),
  ABSENT("the bad sites stay away", Poison.NONE),
  ZERO("each sends a delta of zeros, to gain the model without training", Poison.NONE),
  REPLAY(
      "each sends the last round's merged delta again, to gain the model without training",
      Poison.NONE),
  LABEL_FLIP("each trains on labels 9 - y instead of y", Poison.FLIPPED_LABELS),
  COLLUSION(
      "all send one delta: the mean of theirs with flipped labels, as long as the longest honest one",
      Poison.FLIPPED_LABELS),
  SIGN_FLIP("each sends its honest delta times -4", Poison.NONE),
  GAUSSIAN("each sends noise, ten times as long as its honest delta", Poison.NONE),
  LITTLE(
      "all send the honest mean minus z honest standard deviations in each coordinate, with the z that moves the merge farthest (a little is enough)",
      Poison.NONE),
  INNER_PRODUCT(
      "all send the honest mean times -e, with the e that moves the merge farthest (inner product manipulation)",
      Poison.NONE),
  SCALING(
      "each sends its delta with flipped labels times n, to replace the model",
      Poison.FLIPPED_LABELS),
  BACKDOOR(
      "each puts a bright patch on half of its images, labels them 0, and sends its delta times n/f",
      Poison.TRIGGER),
  HEAVY("sign-flip, and each asks for a hundred times the weight of an honest site", Poison.NONE);

  /** The most that the usual draft of a local swarm lets a site ask for. */
  private static final int GREATEST_WEIGHT = 100;

  private final String meaning;
  private final Poison poison;

  Attack(String meaning, Poison poison) {
    this.meaning = meaning;
    this.poison = poison;
  }

  /** What it is, in one line. */
  String meaning() {
    return meaning;
  }

  /** What the bad sites do to their own data. */
  Poison poison() {
    return poison;
  }

  /** The deltas that the bad sites send, one for each. */
  float[][] sent(AttackView view) {
    return switch (this) {
      case NOBODY, ABSENT, LABEL_FLIP -> view.own();
      case ZERO -> Crafted.zero(view);
      case REPLAY -> Crafted.replay(view);
      case COLLUSION -> Crafted.together(view);
      case SIGN_FLIP, HEAVY -> Crafted.signFlip(view);
      case GAUSSIAN -> Crafted.gaussian(view);
      case LITTLE -> Tuned.little(view);
      case INNER_PRODUCT -> Tuned.innerProduct(view);
      case SCALING -> Crafted.scaled(view);
      case BACKDOOR -> Crafted.boosted(view);
    };
  }

  /** The weight that each bad site asks for; honest ones ask for 1. */
  int weight() {
    return switch (this) {
      case ABSENT -> 0;
      case HEAVY -> GREATEST_WEIGHT;
      default -> 1;
    };
  }

  /** As options and results name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the attack of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists all
   */
  static Attack named(String name) {
    return Arrays.stream(values())
        .filter(attack -> attack.toString().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--attacks: there is no attack '%s'; there are %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Attack::toString)
                                .collect(Collectors.joining(", ")))));
  }

  /** All of them, beginning with the two that the others are compared with. */
  static List<Attack> all() {
    return List.of(values());
  }
}
