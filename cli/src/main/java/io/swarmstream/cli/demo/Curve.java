package io.swarmstream.cli.demo;

import io.swarmstream.examples.digits.Evaluation;
import java.util.List;

/**
 * A training without the swarm, measured at the times when the swarm would merge.
 *
 * @param name whose data it trains on
 * @param byRound results on the held-out digits; index 0 is the untrained network
 */
public record Curve(String name, List<Evaluation> byRound) {
  public double accuracy() {
    return byRound.get(byRound.size() - 1).accuracy();
  }
}
