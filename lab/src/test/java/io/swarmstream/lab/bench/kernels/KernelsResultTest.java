package io.swarmstream.lab.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.lab.bench.machine.Machine;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelsResultTest {
  private static KernelsResult result(boolean peers) {
    Timings timings = new Timings();
    timings.add("mean", 30, 20, 10);
    timings.add("coordmedian", 40);
    timings.add("trimmedmean", 50);
    timings.add("multikrum", 50);
    timings.add("geomedian", 50);
    if (peers) {
      timings.add("flower aggregate", 90);
      timings.add("flower aggregate_inplace", 60, 70);
      timings.add("geom_median numpy", 5_000);
    }
    return new KernelsResult(
        8,
        1_000,
        62,
        400_000_000,
        timings.medians(),
        timings.spreads(),
        new MemoryLimit(40, "C", 30, "C"),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Machine.here());
  }

  @Test
  void holdsMediansAgainstTheFastestOfTheOthers() {
    KernelsResult result = result(true);
    assertThat(result.ratios())
        .containsEntry("mean_vs_flower", 3.25)
        .containsEntry("geomedian_vs_geom_median", 100.0)
        .containsEntry("geomedian_cost_over_mean", 2.5)
        .containsEntry("coordmedian_vs_flower", null);
    assertThat(result.ratios().get("mean_vs_read_bandwidth")).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void hasEveryRatioEvenWithoutTheOthers() {
    assertThat(result(false).ratios())
        .containsOnlyKeys(
            "mean_vs_flower",
            "coordmedian_vs_flower",
            "trimmedmean_vs_flower",
            "multikrum_vs_flower",
            "geomedian_vs_geom_median",
            "geomedian_cost_over_mean",
            "mean_vs_read_bandwidth")
        .containsEntry("mean_vs_flower", null);
  }

  @Test
  void tellsOneHashFromTwo() {
    assertThat(KernelsResult.same(Map.of("a", Set.of("1"), "b", Set.of("1", "2"))))
        .containsEntry("a", true)
        .containsEntry("b", false);
  }

  @Test
  void keepsTheBetterOfTwoLimits() {
    MemoryLimit best = new MemoryLimit(10, "a", 9, "a").best(new MemoryLimit(11, "b", 8, "b"));
    assertThat(best).isEqualTo(new MemoryLimit(11, "b", 9, "a"));
  }
}
