package io.swarmstream.merge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * Batcher's odd-even merge sort as a fixed list of comparators, which sorts whole rows at a time.
 * Every coordinate takes the same steps, so each comparator is one branchless loop.
 *
 * <p>Source: K. E. Batcher, "Sorting networks and their applications", 1968. The network of the
 * next power of two also sorts fewer wires, because missing wires act like +infinity at the end.
 */
final class SortingNetwork {

  /** Puts the smaller value on wire {@code low} and the larger one on wire {@code high}. */
  record Comparator(int low, int high) {}

  private SortingNetwork() {}

  /** Returns the comparators that sort all {@code wires}. */
  static List<Comparator> sorting(int wires) {
    List<Comparator> comparators = new ArrayList<>();
    for (int merged = 1; merged < wires; merged *= 2) {
      for (int step = merged; step >= 1; step /= 2) {
        for (int first = step % merged; first + step < wires; first += 2 * step) {
          addRun(comparators, first, step, 2 * merged, wires);
        }
      }
    }
    return comparators;
  }

  /** Applies the comparators to the first {@code length} values of the wires. */
  static void apply(List<Comparator> comparators, float[][] wires, int length) {
    for (Comparator comparator : comparators) {
      exchange(wires[comparator.low()], wires[comparator.high()], length);
    }
  }

  private static void exchange(float[] low, float[] high, int length) {
    for (int i = 0; i < length; i++) {
      float a = low[i];
      float b = high[i];
      low[i] = Math.min(a, b);
      high[i] = Math.max(a, b);
    }
  }

  private static void addRun(
      List<Comparator> comparators, int first, int step, int block, int wires) {
    for (int low = first; low < first + step && low + step < wires; low++) {
      if (low / block == (low + step) / block) {
        comparators.add(new Comparator(low, low + step));
      }
    }
  }

  /** Returns the comparators that affect sorted positions {@code from} to {@code to} inclusive. */
  static List<Comparator> selecting(int wires, int from, int to) {
    BitSet needed = new BitSet(wires);
    needed.set(from, to + 1);
    List<Comparator> kept = new ArrayList<>();
    List<Comparator> backwards = sorting(wires);
    Collections.reverse(backwards);
    for (Comparator comparator : backwards) {
      if (needed.get(comparator.low()) || needed.get(comparator.high())) {
        needed.set(comparator.low());
        needed.set(comparator.high());
        kept.add(comparator);
      }
    }
    Collections.reverse(kept);
    return kept;
  }
}
