package io.swarmstream.lab.attack.suite;

import java.io.PrintWriter;
import java.util.Locale;

/** Says about every tenth of the way how many trainings have ended. */
final class SuiteProgress implements AttackSuite.Watcher {
  private static final int PARTS = 10;

  private final PrintWriter err;
  private final long began = System.nanoTime();

  SuiteProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void ended(int trainings, int of) {
    if (trainings == of || trainings * PARTS / of > (trainings - 1) * PARTS / of) {
      err.printf(
          Locale.ROOT,
          "%d of %d trainings, %.0f s%n",
          trainings,
          of,
          (System.nanoTime() - began) / 1e9);
      err.flush();
    }
  }
}
