package io.swarmstream.merge;

/**
 * The geometric median: the point with the least weighted sum of distances to the deltas.
 *
 * <p>Deltas that hold less than half of the weight cannot move it far, wherever they lie. If one
 * delta is itself the median, the result is that delta, bit for bit. If several deltas are medians,
 * the result is their midpoint, for any order of the rows. That requires deltas on one line with
 * exactly half of the weight on either side; two deltas of equal weight are the common case.
 */
final class GeoMedian implements GramMerge {

  /** Relative distance from the lowest objective within which a place gets a Kuhn test. */
  private static final double NEAR_LOWEST = 1e-6;

  @Override
  public String name() {
    return "geomedian";
  }

  /** Adds whole deltas, each times one number, so no zero outvotes a value. */
  @Override
  public boolean mergesSparse() {
    return true;
  }

  @Override
  public GramSolution solve(double[] gram, int[] weights) {
    Locations locations = Locations.of(gram, weights);
    double[] objectives = locations.objectives();
    int best = 0;
    for (int i = 1; i < objectives.length; i++) {
      best = objectives[i] < objectives[best] ? i : best;
    }
    double[] optimal = new double[objectives.length];
    int count = 0;
    double gap = 0;
    for (int i = 0; i < objectives.length; i++) {
      if (objectives[i] <= objectives[best] * (1 + NEAR_LOWEST)) {
        double gapHere = gapAt(i, locations);
        if (gapHere <= Weiszfeld.ENOUGH) {
          optimal[i] = 1;
          count++;
          gap = Math.max(gap, gapHere);
        }
      }
    }
    return count > 0
        ? new GramSolution(locations.assign(shared(optimal, count)), 0, gap)
        : search(locations, best);
  }

  private static double gapAt(int place, Locations locations) {
    double[] weights = locations.weights();
    double pull = KuhnTest.pull(locations.gramAbout(place), weights, place);
    return Math.max(0, 2 * (pull - weights[place]) / locations.totalWeight());
  }

  private static double[] shared(double[] ones, int count) {
    for (int i = 0; i < ones.length; i++) {
      ones[i] /= count;
    }
    return ones;
  }

  private static GramSolution search(Locations locations, int best) {
    Weiszfeld weiszfeld =
        new Weiszfeld(
            locations.gramAbout(best), locations.weights(), locations.totalWeight(), best);
    weiszfeld.run();
    return new GramSolution(
        locations.spread(weiszfeld.lambda()), weiszfeld.iterations(), weiszfeld.gap());
  }
}
