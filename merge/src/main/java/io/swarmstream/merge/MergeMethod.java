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
}
