package io.swarmstream.cli.demo;

import java.util.Locale;

/** What the numbers say, in sentences that are also true when the swarm does badly. */
public final class Verdict {
  /** Differences below are called none: they round to 0.0 points. */
  private static final double LEAST = 0.0005;

  private Verdict() {}

  /** How the swarm compares with the best site and with pooled training. */
  public static String comparison(DemoResult result) {
    Curve best = result.baselines().bestAlone();
    return "The swarm is %s the best site alone (%s, %s) and %s training on all data pooled."
        .formatted(
            distance(result.swarm() - best.accuracy()),
            best.name(),
            Percent.of(best.accuracy()),
            distance(result.swarm() - result.pooled()));
  }

  /** That all sites ended with one model; the round board stops the demo when they do not. */
  public static String oneModel(DemoResult result) {
    return "All %d sites hold the same model %s, each checked against the anchor on the chain."
        .formatted(result.sites().size(), result.lastRound().modelHash());
  }

  /** What it took of the network. */
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
