package io.swarmstream.examples.digits;

/**
 * How the samples are dealt to the sites.
 *
 * @param sites how many sites, 2 to 32
 * @param favouredClasses classes that a site sees most of, 1 to 10; few sites get more, so that
 *     every class has a favourer
 * @param scatteredShare share of every class's samples that goes to sites which do not favour it, 0
 *     to 1
 * @param testShare share of every class that no site gets, 0 to 1 (both exclusive)
 * @param seed the same seed deals the same samples
 */
public record SplitOptions(
    int sites, int favouredClasses, double scatteredShare, double testShare, long seed) {
  static final int MIN_SITES = 2;

  /** With more, a site would have fewer samples than two mini-batches. */
  static final int MAX_SITES = 32;

  public SplitOptions {
    require(
        sites >= MIN_SITES && sites <= MAX_SITES, "sites", sites, MIN_SITES + " to " + MAX_SITES);
    require(favouredClasses > 0, "favouredClasses", favouredClasses, "at least 1");
    require(scatteredShare >= 0 && scatteredShare <= 1, "scatteredShare", scatteredShare, "0 to 1");
    require(testShare > 0 && testShare < 1, "testShare", testShare, "between 0 and 1");
  }

  private static void require(boolean holds, String option, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s, got %s".formatted(option, range, value));
    }
  }
}
