package io.swarmstream.examples.digits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Samples dealt to sites that each see mostly a few of the classes, and a test set that no site
 * trains on.
 *
 * <p>Every sample is in exactly one place: the test set or one site.
 */
public final class DigitSplit {
  private final Samples test;
  private final List<Samples> sites;
  private final List<Set<Integer>> favoured;
  private final Samples pooled;

  private DigitSplit(
      Samples test, List<Samples> sites, List<Set<Integer>> favoured, Samples pooled) {
    this.test = test;
    this.sites = sites;
    this.favoured = favoured;
    this.pooled = pooled;
  }

  /** Deals {@code all}; the same samples and options deal the same split. */
  public static DigitSplit of(Samples all, SplitOptions options) {
    SplittableRandom random = new SplittableRandom(options.seed());
    List<Set<Integer>> favoured =
        FavouredClasses.draw(options.sites(), all.classes(), options.favouredClasses(), random);
    Deal test = new Deal(1);
    Deal train = new Deal(options.sites());
    for (int label = 0; label < all.classes(); label++) {
      int[] samples = shuffled(all, label, random);
      int toTest = (int) Math.round(samples.length * options.testShare());
      int toOthers = (int) Math.round((samples.length - toTest) * options.scatteredShare());
      test.deal(samples, 0, toTest, List.of(0));
      train.deal(samples, toTest, toTest + toOthers, favourers(favoured, label, false));
      train.deal(samples, toTest + toOthers, samples.length, favourers(favoured, label, true));
    }
    return new DigitSplit(
        all.select(test.hand(0)),
        IntStream.range(0, options.sites()).mapToObj(i -> all.select(train.hand(i))).toList(),
        favoured,
        all.select(train.allHands()));
  }

  /** The samples to evaluate on. */
  public Samples test() {
    return test;
  }

  /** Each site's own samples. */
  public List<Samples> sites() {
    return sites;
  }

  /** The classes that a site sees most of. */
  public Set<Integer> favoured(int site) {
    return favoured.get(site);
  }

  /** All sites' samples together: what training would use if data could be pooled. */
  public Samples pooled() {
    return pooled;
  }

  private static int[] shuffled(Samples all, int label, SplittableRandom random) {
    int[] samples = IntStream.range(0, all.size()).filter(i -> all.label(i) == label).toArray();
    Shuffle.inPlace(samples, random);
    return samples;
  }

  /** The sites that do, or do not, favour a class; all sites when there is no such site. */
  private static List<Integer> favourers(List<Set<Integer>> favoured, int label, boolean does) {
    List<Integer> sites =
        IntStream.range(0, favoured.size())
            .filter(i -> favoured.get(i).contains(label) == does)
            .boxed()
            .toList();
    return sites.isEmpty() ? IntStream.range(0, favoured.size()).boxed().toList() : sites;
  }

  /** Hands of samples, each class dealt evenly among its takers. */
  private static final class Deal {
    private final List<List<Integer>> hands = new ArrayList<>();

    Deal(int hands) {
      IntStream.range(0, hands).forEach(i -> this.hands.add(new ArrayList<>()));
    }

    /**
     * Serves the takers with the fewest samples first, so that the remainder does not always go to
     * the same taker.
     */
    void deal(int[] samples, int from, int to, List<Integer> takers) {
      List<List<Integer>> served = new ArrayList<>(takers.stream().map(hands::get).toList());
      served.sort(Comparator.comparingInt(List::size));
      for (int i = from; i < to; i++) {
        served.get((i - from) % served.size()).add(samples[i]);
      }
    }

    int[] hand(int i) {
      return hands.get(i).stream().mapToInt(Integer::intValue).toArray();
    }

    int[] allHands() {
      return hands.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
    }
  }
}
