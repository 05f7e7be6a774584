package io.swarmstream.merge;

/**
 * Merges the deltas of a round into one.
 *
 * <p>A method has one of two shapes. A {@link CoordinateMerge} treats every coordinate, and so
 * every chunk, independently. A {@link GramMerge} depends on the distances between whole deltas,
 * which the Gram matrix gives without collecting the deltas in one place. A custom method
 * implements one of the two interfaces and is listed in {@code
 * META-INF/services/io.swarmstream.merge.MergeMethod}.
 */
public sealed interface MergeMethod permits CoordinateMerge, GramMerge {

  /** The name of this method in a contract's terms, such as {@code mean}. */
  String name();

  /** The minimum number of participants of positive weight. */
  default int minParticipants() {
    return 1;
  }

  /** The limit that a new contract of this method sets by default. */
  default UsualLimit usualLimit() {
    return UsualLimit.SHARE;
  }

  /**
   * Whether the method merges deltas of which each has only its largest values, and zeros
   * elsewhere. A method that compares deltas, or takes zeros for opinions, does not: most sites are
   * silent on most coordinates.
   */
  default boolean mergesSparse() {
    return false;
  }

  /** The kind of limit that a method needs for its protection. */
  enum UsualLimit {
    /** No limit: the method counts all sites alike. */
    NONE,
    /**
     * A limit on each site's share of the weight: the method is robust against a minority of the
     * weight, so no single site may hold more.
     */
    SHARE,
    /**
     * A limit on the length of each delta: the method is not robust, so every delta affects the
     * result.
     */
    NORM
  }

  /**
   * Checks that every round of a contract has enough participants.
   *
   * @param minPeers minimum number of sites in a round of the contract
   * @throws IllegalArgumentException if a round might have too few participants
   */
  default void requirePeers(int minPeers) {
    if (minPeers < minParticipants()) {
      throw new IllegalArgumentException(
          "minPeers is %d, merge method %s needs at least %d; raise minPeers, or tolerate fewer bad sites"
              .formatted(minPeers, name(), minParticipants()));
    }
  }

  /**
   * Checks that the method merges deltas of which each has only its largest values.
   *
   * @param encoding name of the encoding that leaves the others out, for the message
   * @throws IllegalArgumentException if it does not
   */
  default void requireMergesSparse(String encoding) {
    if (!mergesSparse()) {
      throw new IllegalArgumentException(
          "encoding %s sends the largest values of each delta only, and merge method %s would count the others as zeros; use mean or geomedian, or encoding int4"
              .formatted(encoding, name()));
    }
  }
}
