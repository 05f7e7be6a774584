package io.swarmstream.cli.verify;

import io.swarmstream.verification.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints what is being done, and its progress every other second. */
public final class ProgressLines implements Progress {
  private static final long INTERVAL_NANOS = 2_000_000_000L;

  private final PrintWriter err;
  private long saidNanos;

  public ProgressLines(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void begins(String what) {
    err.println(what + " …");
    saidNanos = System.nanoTime();
  }

  @Override
  public void made(long chunks, long ofChunks) {
    long now = System.nanoTime();
    if (now - saidNanos > INTERVAL_NANOS) {
      err.printf(Locale.ROOT, "  %,d of %,d chunks made anew%n", chunks, ofChunks);
      saidNanos = now;
    }
  }
}
