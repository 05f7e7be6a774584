package io.swarmstream.lab.attack.suite;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a suite of attacks. */
@JsonPropertyOrder({"data", "sites", "bad", "groups", "rounds", "seeds"})
record SuiteResult(
    String data,
    int sites,
    int bad,
    int groups,
    int rounds,
    List<Long> seeds,
    List<AttackCell> cells) {

  /**
   * What one attack did to one merge method.
   *
   * @param accuracy 0 to 1; null if the sites that remain are too few for the method
   * @param lost accuracy of the same training without bad sites, minus this one's, seed by seed
   * @param triggered share of patched test images that are taken for the backdoor's target
   */
  record AttackCell(
      String split,
      String maxNorm,
      String attack,
      String merge,
      @Nullable SeedRange accuracy,
      @Nullable SeedRange lost,
      @Nullable SeedRange triggered) {}

  /** The cell of these. */
  AttackCell cell(String split, String maxNorm, String attack, String merge) {
    return cells.stream()
        .filter(cell -> cell.split().equals(split) && cell.maxNorm().equals(maxNorm))
        .filter(cell -> cell.attack().equals(attack) && cell.merge().equals(merge))
        .findAny()
        .orElseThrow();
  }
}
