package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeiszfeldTest {

  /** From there down no point can be a row, so no distance becomes 0. */
  @Test
  void startsBelowTheObjectiveOfEveryRow() {
    int started = 0;
    for (long seed = 0; seed < 100; seed++) {
      Rows rows = Rows.random(seed, 7, 12);
      Locations locations =
          Locations.of(Gram.ofChunk(rows.deltas(), rows.weights()), rows.weights());
      double[] objectives = locations.objectives();
      int best = 0;
      for (int i = 0; i < objectives.length; i++) {
        best = objectives[i] < objectives[best] ? i : best;
      }
      if (rows.solution().iterations() > 0) {
        Weiszfeld start =
            new Weiszfeld(
                locations.gramAbout(best), locations.weights(), locations.totalWeight(), best);
        double[] y = Reference.combined(rows, locations.spread(start.lambda()));
        assertThat(Reference.objective(rows, y)).as("%s", rows).isLessThan(objectives[best]);
        started++;
      }
    }
    assertThat(started).isGreaterThan(50);
  }
}
