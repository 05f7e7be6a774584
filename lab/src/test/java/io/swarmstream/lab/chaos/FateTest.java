package io.swarmstream.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FateTest {
  @Test
  void isTheSameForTheSameSeed() {
    assertThat(Fate.draw(7, 42)).isEqualTo(Fate.draw(7, 42));
    assertThat(Fate.draw(7, 42)).isNotEqualTo(Fate.draw(7, 43));
  }

  @Test
  void killsEachKindAboutAsOften() {
    Map<Kind, Integer> kills = new EnumMap<>(Kind.class);
    IntStream.rangeClosed(1, 1000)
        .forEach(run -> kills.merge(Fate.draw(run, 1).kind(), 1, Integer::sum));
    assertThat(kills).hasSize(Kind.values().length);
    assertThat(kills.values()).allMatch(count -> count > 120 && count < 280);
  }

  @Test
  void findsTheMomentInTheUndisturbedTraining() {
    Undisturbed training = new Undisturbed("hash", List.of(4.0, 5.0, 6.0, 7.0));
    assertThat(training.at(0)).isEqualTo(new Undisturbed.Moment(0, 0));
    assertThat(training.at(0.25)).isEqualTo(new Undisturbed.Moment(0, 0.5));
    assertThat(training.at(0.75)).isEqualTo(new Undisturbed.Moment(1, 0.5));
    assertThat(training.at(1)).isEqualTo(new Undisturbed.Moment(1, 1));
  }

  @Test
  void takesQuantilesOfWhatIsKnown() {
    List<Double> times = List.of(3.0, 1.0, Double.NaN, 2.0, 4.0);
    assertThat(Seconds.quantile(times, 0.5)).isEqualTo(2);
    assertThat(Seconds.quantile(times, 0.99)).isEqualTo(4);
    assertThat(Seconds.quantile(times, 1)).isEqualTo(4);
    assertThat(Seconds.quantile(List.of(), 1)).isNaN();
  }
}
