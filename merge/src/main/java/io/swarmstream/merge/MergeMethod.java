package io.swarmstream.merge;

/**
 * How the deltas of a round become one.
 *
 * <p>There are two shapes of method. A {@link CoordinateMerge} can treat every coordinate, and so
 * every chunk, on its own. A {@link GramMerge} needs to know how far apart whole deltas lie, which
 * the Gram matrix tells without the deltas ever being in one place. A method of your own implements
 * one of the two and is listed in {@code META-INF/services/io.swarmstream.merge.MergeMethod}.
 */
public sealed interface MergeMethod permits CoordinateMerge, GramMerge {

  /** The value a contract's terms use for this method, such as {@code mean}. */
  String name();

  /** The fewest participants of positive weight that it can merge. */
  default int minParticipants() {
    return 1;
  }

  /** What a new contract of this method limits, unless it is told otherwise. */
  default UsualLimit usualLimit() {
    return UsualLimit.SHARE;
  }

  /** Against what a method needs help. */
  enum UsualLimit {
    /** None: it counts all alike. */
    NONE,
    /** It stands what a minority of the weight does, so nobody may have more by himself. */
    SHARE,
    /** It stands nothing: whatever is sent has its share in the result. */
    NORM
  }

  /**
   * Checks that rounds of a contract have participants enough.
   *
   * @param minPeers fewest sites that make a round of the contract
   * @throws IllegalArgumentException if a round might have too few
   */
  default void requirePeers(int minPeers) {
    if (minPeers < minParticipants()) {
      throw new IllegalArgumentException(
          "minPeers is %d, merge method %s needs at least %d; raise minPeers, or tolerate fewer bad sites"
              .formatted(minPeers, name(), minParticipants()));
    }
  }
}
