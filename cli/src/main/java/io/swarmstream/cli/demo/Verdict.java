package io.swarmstream.cli.demo;

import java.util.Locale;

/** Describes the result in sentences that are true even when the swarm does badly. */
public final class Verdict {
  /** Smaller differences count as none: they round to 0.0 points. */
  private static final double LEAST = 0.0005;

  private Verdict() {}

  /** Compares the swarm with the best site and with pooled training. */
  public static String comparison(DemoResult result) {
    Curve best = result.baselines().bestAlone();
    return "The swarm is %s the best site alone (%s, %s) and %s training on all data pooled."
        .formatted(
            distance(result.swarm() - best.accuracy()),
            best.name(),
            Percent.of(best.accuracy()),
            distance(result.swarm() - result.pooled()));
  }

  /**
   * States that all sites ended with one model; the round board stops the demo when they do not.
   */
  public static String oneModel(DemoResult result) {
    return "All %d sites hold the same model %s, each checked against the anchor on the chain."
        .formatted(result.sites().size(), result.lastRound().modelHash());
  }

  /** States the network traffic. */
  public static String sent(DemoResult result) {
    return String.format(
        Locale.ROOT,
        "A site sent %,.0f bytes of deltas a round, encoded as %s.",
        result.bytesSentARound(),
        result.options().encoding().code());
  }

  private static String distance(double difference) {
    if (Math.abs(difference) < LEAST) {
      return "level with";
    }
    return Percent.points(difference) + (difference > 0 ? " above" : " below");
  }
}
