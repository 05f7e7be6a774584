package io.swarmstream.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Reports each step and how long it took. */
public final class Phases {
  private final PrintWriter err;

  public Phases(PrintWriter err) {
    this.err = err;
  }

  public <T> T run(String what, Callable<T> phase) throws Exception {
    err.print(what + " … ");
    err.flush();
    long began = System.nanoTime();
    try {
      T result = phase.call();
      err.printf(Locale.ROOT, "%.1f s%n", (System.nanoTime() - began) / 1e9);
      return result;
    } catch (Exception e) {
      err.println("failed");
      throw e;
    }
  }
}
