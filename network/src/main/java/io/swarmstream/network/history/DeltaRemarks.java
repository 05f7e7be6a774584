package io.swarmstream.network.history;

import static io.swarmstream.network.history.HistoryFile.number;
import static io.swarmstream.network.history.HistoryFile.text;

import io.swarmstream.clients.network.SiteRemark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which sites somebody should look at, by the lengths and directions of their newest deltas. The
 * rules are in docs/console.md; each of them has to hold in {@value #ROUNDS} deltas in a row, since
 * one odd round says little. A site that has finished training has no remark.
 */
final class DeltaRemarks {
  /** Deltas of a site that have to be odd in the same way. */
  static final int ROUNDS = 3;

  /** Newest rounds that are looked at. */
  private static final int WINDOW = 5;

  /** Sites that have to be in a round to say what is usual in it: of two nobody can say. */
  private static final int LEAST_SITES = 3;

  /** How far below the median a cosine is that is odd. */
  private static final double APART = 0.5;

  /** How many times the median a length is that is odd. */
  private static final double LONG = 10;

  private final HistoryFile file;

  /** A delta of a site that was training. */
  record Delta(String site, long round, @Nullable Double norm, @Nullable Double cosine) {}

  /** What is usual in a round; empty: too few sites to say. */
  private record Usual(OptionalDouble norm, OptionalDouble cosine) {}

  DeltaRemarks(HistoryFile file) {
    this.file = file;
  }

  /** The remarks of a contract now, by the name of the site. */
  Map<String, SiteRemark> of(String contract) {
    return of(
        file.rows(
            """
            SELECT s.name, p.round, p.norm, p.cosine FROM sites s CROSS JOIN participations p
              ON p.contract = s.contract AND p.site = s.id AND p.round > max(0,
                (SELECT max(round) FROM rounds WHERE contract = s.contract) - ?2)
            WHERE s.contract = %s AND p.trains
            """
                .formatted(HistoryFile.CONTRACT),
            row ->
                new Delta(
                    text(row, "name"),
                    row.getLong("round"),
                    number(row, "norm"),
                    number(row, "cosine")),
            contract,
            WINDOW));
  }

  /** The remarks that deltas of the newest rounds give reason to. */
  static Map<String, SiteRemark> of(List<Delta> deltas) {
    Map<Long, Usual> usual =
        deltas.stream()
            .collect(
                Collectors.groupingBy(
                    Delta::round,
                    Collectors.collectingAndThen(Collectors.toList(), DeltaRemarks::usual)));
    Map<String, SiteRemark> remarks = new TreeMap<>();
    deltas.stream()
        .collect(Collectors.groupingBy(Delta::site))
        .forEach(
            (site, its) -> {
              List<Delta> newest =
                  its.stream()
                      .sorted(Comparator.comparingLong(Delta::round).reversed())
                      .limit(ROUNDS)
                      .toList();
              if (newest.size() == ROUNDS) {
                remark(site, newest, usual).ifPresent(remark -> remarks.put(site, remark));
              }
            });
    return remarks;
  }

  private static Usual usual(List<Delta> round) {
    return new Usual(median(round, Delta::norm), median(round, Delta::cosine));
  }

  /** The lower median, without weights. */
  private static OptionalDouble median(List<Delta> round, Function<Delta, @Nullable Double> value) {
    List<Double> known = new ArrayList<>();
    for (Delta delta : round) {
      @Nullable Double one = value.apply(delta);
      if (one != null) {
        known.add(one);
      }
    }
    known.sort(Comparator.naturalOrder());
    return known.size() < LEAST_SITES
        ? OptionalDouble.empty()
        : OptionalDouble.of(known.get((known.size() - 1) / 2));
  }

  private static Optional<SiteRemark> remark(
      String site, List<Delta> newest, Map<Long, Usual> usual) {
    Delta last = newest.get(0);
    Usual now = Objects.requireNonNull(usual.get(last.round()));
    if (all(newest, delta -> is(delta.norm(), norm -> norm == 0))) {
      return of(
          "still",
          "%s does not move: its last %d deltas have length 0. Its trainer does not change the weights; look at its learning rate, and whether it sends back the model that it was given.",
          site,
          ROUNDS);
    }
    if (all(newest, delta -> is(delta.norm(), norm -> norm.equals(last.norm())))) {
      return of(
          "repeats",
          "%s seems to be stuck: its last %d deltas have exactly the same length, %.3g. Look whether its trainer still trains, or sends the same again.",
          site,
          ROUNDS,
          last.norm());
    }
    if (all(
        newest,
        delta ->
            is(delta.cosine(), cosine -> cosine < 0)
                && is(usual, delta, Usual::cosine, median -> median > 0))) {
      return of(
          "opposed",
          "%s pulls against the others: the cosine of its last %d deltas to the merge is below 0, at last %.2f; half of the sites have %.2f or more. Look at its data, its labels and its learning rate.",
          site,
          ROUNDS,
          last.cosine(),
          now.cosine().orElse(Double.NaN));
    }
    if (all(
        newest,
        delta ->
            is(
                delta.cosine(),
                cosine -> is(usual, delta, Usual::cosine, median -> cosine < median - APART)))) {
      return of(
          "apart",
          "%s moves elsewhere than the others: the cosine of its last %d deltas to the merge is at last %.2f; half of the sites have %.2f or more. Its data may differ from theirs, or its training is broken.",
          site,
          ROUNDS,
          last.cosine(),
          now.cosine().orElse(Double.NaN));
    }
    if (all(
        newest,
        delta ->
            is(
                delta.norm(),
                norm -> is(usual, delta, Usual::norm, median -> norm > LONG * median)))) {
      return of(
          "long",
          "%s moves much farther than the others: its last %d deltas are more than %.0f times as long as the median, at last %.3g against %.3g. Look at its learning rate, and how long it trains between two rounds.",
          site,
          ROUNDS,
          LONG,
          last.norm(),
          now.norm().orElse(Double.NaN));
    }
    return Optional.empty();
  }

  private static boolean all(List<Delta> newest, Predicate<Delta> odd) {
    return newest.stream().allMatch(odd);
  }

  private static boolean is(@Nullable Double value, Predicate<Double> odd) {
    return value != null && odd.test(value);
  }

  private static boolean is(
      Map<Long, Usual> usual,
      Delta delta,
      Function<Usual, OptionalDouble> what,
      Predicate<Double> odd) {
    OptionalDouble median = what.apply(Objects.requireNonNull(usual.get(delta.round())));
    return median.isPresent() && odd.test(median.getAsDouble());
  }

  private static Optional<SiteRemark> of(String code, String sentence, @Nullable Object... values) {
    return Optional.of(new SiteRemark(code, String.format(Locale.ROOT, sentence, values)));
  }
}
