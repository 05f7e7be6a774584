package io.swarmstream.lab.bench.peers;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints a line for each measurement. */
public final class PeersProgress implements Comparison.Progress {
  private final PrintWriter err;

  public PeersProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void begins(int number, int all, Cell cell, Contestant contestant) {
    err.printf("%2d of %d  %-12s %-16s ", number, all, cell, contestant.name());
    err.flush();
  }

  @Override
  public void ended(Measured measured) {
    if (measured.missing() == null) {
      err.printf(
          Locale.ROOT, "%,10.1f ms, %d rounds%n", measured.roundP50Millis(), measured.rounds());
    } else {
      err.println(measured.missing());
    }
    err.flush();
  }
}
