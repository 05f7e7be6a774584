package io.swarmstream.cli.demo;

import io.swarmstream.examples.digits.DemoDefaults;
import io.swarmstream.examples.digits.DigitSplit;
import io.swarmstream.examples.digits.Samples;
import io.swarmstream.schemas.signing.SiteKey;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A site of the demo before it joins.
 *
 * @param batchSeed seed of the order of its mini-batches
 * @param favoured digits that the site sees most of, ascending
 */
record Hospital(String name, SiteKey key, Samples samples, long batchSeed, Set<Integer> favoured) {
  private static final int LETTERS = 26;

  /** All sites of a split. */
  static List<Hospital> of(DigitSplit split, long seed) {
    return IntStream.range(0, split.sites().size())
        .mapToObj(
            i ->
                new Hospital(
                    name(i),
                    SiteKey.ofSeed(DemoDefaults.batchSeed(seed, i)),
                    split.sites().get(i),
                    DemoDefaults.batchSeed(seed, i),
                    new TreeSet<>(split.favoured(i))))
        .toList();
  }

  /** Names sites hospital-a to hospital-z, then hospital-aa and so on. */
  static String name(int index) {
    String letter = String.valueOf((char) ('a' + index % LETTERS));
    return "hospital-" + (index < LETTERS ? letter : "a" + letter);
  }
}
