package io.swarmstream.schemas.masking;

/** How many sites it takes, so that a sum does not give one of them away. */
public final class CrowdSize {
  /** Of two, each could subtract its own delta from the sum. */
  public static final int LEAST = 3;

  /** Most sites of a roster: a cohort of so many, with all their shares, fits into one record. */
  public static final int MOST = 64;

  private CrowdSize() {}

  /** Returns how many sites of a group have to be in, so that its sum is told. */
  static int ofGroup(int minPeers, int groups) {
    return Math.max(LEAST, minPeers / groups);
  }

  /**
   * Returns how many shares find a secret: two thirds of the roster, rounded up. Whoever holds both
   * secrets of a site has asked sites for more than a third of the shares twice.
   */
  public static int threshold(int rosterSize) {
    return (2 * rosterSize + 2) / 3;
  }

  /** Returns the least size of a cohort, and of the participants of a round. */
  public static int least(int minPeers, int rosterSize) {
    return Math.max(LEAST, Math.max(minPeers, threshold(rosterSize)));
  }
}
