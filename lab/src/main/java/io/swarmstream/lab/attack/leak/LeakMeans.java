package io.swarmstream.lab.attack.leak;

import io.swarmstream.examples.digits.Samples;
import io.swarmstream.lab.attack.leak.LeakResult.Inverted;
import io.swarmstream.lab.attack.leak.LeakResult.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** Repeats the attacks with several seeds, and takes the means of their figures. */
final class LeakMeans {
  private LeakMeans() {}

  static LeakResult of(LeakOptions options) {
    Samples all = options.data().load();
    List<Long> seeds =
        LongStream.range(0, options.seeds()).mapToObj(i -> options.firstSeed() + i).toList();
    List<DeltaLeak> plays =
        seeds.stream().map(seed -> new DeltaLeak(options, all, seed).play()).toList();
    List<Inverted> inverted = new ArrayList<>();
    for (int row = 0; row < plays.get(0).inverted().size(); row++) {
      int at = row;
      List<Inverted> same = plays.stream().map(play -> play.inverted().get(at)).toList();
      inverted.add(
          new Inverted(
              same.get(0).round(),
              same.get(0).trainedOn(),
              mean(same, Inverted::correlation),
              mean(same, Inverted::recognised),
              mean(same, Inverted::guessed)));
    }
    List<Membership> memberships = new ArrayList<>();
    for (int row = 0; row < plays.get(0).memberships().size(); row++) {
      int at = row;
      List<Membership> same = plays.stream().map(play -> play.memberships().get(at)).toList();
      memberships.add(
          new Membership(
              same.get(0).round(),
              same.get(0).from(),
              mean(same, Membership::auc),
              mean(same, Membership::found)));
    }
    return new LeakResult(
        options.data().toString(), options.sites(), options.rounds(), seeds, inverted, memberships);
  }

  private static <T> double mean(List<T> rows, ToDoubleFunction<T> figure) {
    return rows.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }
}
