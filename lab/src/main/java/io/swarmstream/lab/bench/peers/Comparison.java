package io.swarmstream.lab.bench.peers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Measures all systems in all cells, in alternation. */
public final class Comparison {
  private final List<Cell> cells;
  private final List<Contestant> contestants;
  private final Function<Cell, Plan> plans;
  private final Measurement measurement;
  private final List<Measured> measured = new ArrayList<>();

  /** Receives each measurement, before and after it runs. */
  public interface Progress {
    /** A measurement begins. */
    void begins(int number, int all, Cell cell, Contestant contestant);

    /** A measurement has ended. */
    void ended(Measured measured);
  }

  public Comparison(
      List<Cell> cells,
      List<Contestant> contestants,
      Function<Cell, Plan> plans,
      Measurement measurement) {
    this.cells = cells;
    this.contestants = contestants;
    this.plans = plans;
    this.measurement = measurement;
  }

  /**
   * Measures cell by cell. A different system goes first in each cell, so that no system always
   * runs on the machine as the same other system left it.
   */
  public void run(Progress progress) throws Exception {
    List<Contestant> order = new ArrayList<>(contestants);
    for (Cell cell : cells) {
      for (Contestant contestant : order) {
        progress.begins(measured.size() + 1, cells.size() * contestants.size(), cell, contestant);
        Measured result = measurement.of(contestant, cell, plans.apply(cell));
        measured.add(result);
        progress.ended(result);
      }
      Collections.rotate(order, -1);
    }
  }

  /** What has been measured so far, whatever happens afterwards. */
  public List<Measured> measured() {
    return List.copyOf(measured);
  }
}
