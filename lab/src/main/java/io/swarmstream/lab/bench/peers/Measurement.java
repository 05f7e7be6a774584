package io.swarmstream.lab.bench.peers;

import io.swarmstream.schemas.files.FolderTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Measures one system in one cell, within a deadline and the memory that the machine has free. */
public final class Measurement {
  private static final double GIB = 1L << 30;

  /** Memory that stays free for other processes. */
  private static final long RESERVE = 1L << 30;

  private static final long SAMPLE_MILLIS = 100;
  private static final Duration TO_STOP = Duration.ofSeconds(60);

  private final Path parent;
  private final IntFunction<float[]> noise;

  /**
   * Prepares measurements.
   *
   * @param parent folder in which each run gets its own folder, deleted afterwards
   * @param noise noise that a site adds to the model; the same for all systems
   */
  public Measurement(Path parent, IntFunction<float[]> noise) {
    this.parent = parent;
    this.noise = noise;
  }

  /** Measures a system in a cell; returns figures, or why there are none. */
  public Measured of(Contestant contestant, Cell cell, Plan plan) throws Exception {
    long needed = contestant.memoryBytes(cell);
    long free = Footprint.freeBytes() - RESERVE;
    if (needed > free) {
      return Measured.missing(
          contestant.name(),
          cell,
          String.format(
              Locale.ROOT,
              "skipped: it would take about %.0f GiB, %.0f GiB are free",
              needed / GIB,
              free / GIB));
    }
    Path folder = Files.createTempDirectory(Files.createDirectories(parent), "bench-peers-");
    try {
      writeNoise(folder, cell.sites());
      return run(contestant, cell, plan, folder);
    } finally {
      FolderTree.delete(folder);
    }
  }

  private Measured run(Contestant contestant, Cell cell, Plan plan, Path folder) throws Exception {
    Footprint footprint = new Footprint();
    RoundClock log =
        new RoundClock(
            cell.sites(), contestant.warmUp(plan), footprint::markStart, footprint::markEnd);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<?> run =
        thread.submit(
            () -> {
              contestant.run(cell, plan, folder, log);
              return null;
            });
    try {
      await(run, plan.limits(), log, footprint);
      return log.isMeasured()
          ? Measured.of(contestant.name(), cell, log, footprint)
          : Measured.missing(contestant.name(), cell, "failed: no round counted");
    } catch (TimeoutException e) {
      String begun = log.begun() == 0 ? "" : "; it had begun round " + log.begun();
      return Measured.missing(contestant.name(), cell, e.getMessage() + begun);
    } catch (ExecutionException e) {
      return Measured.missing(contestant.name(), cell, "failed: " + reason(e));
    } finally {
      run.cancel(true);
      stop(thread, contestant);
    }
  }

  private static void stop(ExecutorService thread, Contestant contestant)
      throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          contestant.name() + " does not end; look for its processes and end them by hand");
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
  }

  private static void await(Future<?> run, Plan.Limits limits, RoundClock log, Footprint footprint)
      throws InterruptedException, ExecutionException, TimeoutException {
    long began = System.nanoTime();
    Standstill standstill = new Standstill(limits.standstill());
    while (true) {
      try {
        run.get(SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        footprint.sample();
      }
      if (System.nanoTime() - began > limits.whole().toNanos()) {
        throw new TimeoutException("did not finish in " + limits.whole().toSeconds() + " s");
      }
      if (standstill.isReached(log.events(), ProcessTree.cpuSeconds())) {
        throw new TimeoutException(
            "hung: it did nothing for " + limits.standstill().toSeconds() + " s");
      }
      if (Footprint.freeBytes() < RESERVE / 2) {
        throw new TimeoutException("stopped: the machine's memory ran out");
      }
    }
  }

  private void writeNoise(Path folder, int sites) throws IOException {
    for (int site = 0; site < sites; site++) {
      float[] values = noise.apply(site);
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      Files.write(folder.resolve("noise-" + site + ".f32"), bytes.array());
    }
  }
}
