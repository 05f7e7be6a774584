package io.swarmstream.examples.digits;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which classes each site favours.
 *
 * <p>Sites choose in turn among the classes that have the fewest favourers so far, at random where
 * several do. So the favourers of any two classes differ by one at most, and sites that share one
 * class seldom share all.
 */
final class FavouredClasses {
  private FavouredClasses() {}

  /**
   * For each site its {@code perSite} classes, or as many as it takes for the sites to cover all
   * classes together.
   */
  static List<Set<Integer>> draw(int sites, int classes, int perSite, SplittableRandom random) {
    int draws = Math.min(classes, Math.max(perSite, (classes + sites - 1) / sites));
    int[] favourers = new int[classes];
    return IntStream.range(0, sites).mapToObj(site -> drawOne(favourers, draws, random)).toList();
  }

  private static Set<Integer> drawOne(int[] favourers, int draws, SplittableRandom random) {
    int[] order = IntStream.range(0, favourers.length).toArray();
    Shuffle.inPlace(order, random);
    Set<Integer> own =
        Arrays.stream(order)
            .boxed()
            .sorted(Comparator.comparingInt(label -> favourers[label]))
            .limit(draws)
            .collect(Collectors.toUnmodifiableSet());
    own.forEach(label -> favourers[label]++);
    return own;
  }
}
