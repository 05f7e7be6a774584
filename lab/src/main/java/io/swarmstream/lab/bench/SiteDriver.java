package io.swarmstream.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.jobs.options.SwarmProperties;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.Merged;
import io.swarmstream.site.SiteOptions;
import io.swarmstream.site.SwarmSite;
import io.swarmstream.site.SyncTimes;
import io.swarmstream.site.TrainingReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs sites without trainers in a process of their own. In each round, each site sends the model
 * that it received plus a seeded delta, and writes a line of JSON.
 *
 * <p>Arguments: the cluster's folder, contract, first site, number of sites, rounds, {@code files}
 * or {@code memory}, {@code sites} or {@code crowd}, {@code remembers} or {@code forgets}.
 */
public final class SiteDriver {
  private static final Duration PATIENCE = Duration.ofMinutes(60);

  private SiteDriver() {}

  /** Runs the sites; fails when one of them fails. */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err);
    Path cluster = Path.of(args[0]);
    SwarmProperties swarm = SwarmProperties.in(cluster);
    SiteOptions options = SiteOptions.of(args[1], swarm.kafkaEndpoint(), swarm.chainOptions());
    if (args[5].equals("files")) {
      options = options.withModelFolder(cluster.resolve("models"));
    }
    if (args[7].equals("remembers")) {
      options = options.withMemoryFolder(cluster.resolve("site-memory"));
    }
    int first = Integer.parseInt(args[2]);
    int count = Integer.parseInt(args[3]);
    int rounds = Integer.parseInt(args[4]);
    Lines lines = new Lines(out);
    try {
      if (args[6].equals("crowd")) {
        new Crowd(options, count).run(rounds, lines);
      } else {
        runAll(options, first, count, rounds, lines);
      }
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** Writes rounds; safe to call from any thread. */
  static final class Lines {
    private final ObjectMapper mapper = new ObjectMapper();
    private final PrintStream out;

    Lines(PrintStream out) {
      this.out = out;
    }

    void add(SiteRound round) {
      try {
        String line = mapper.writeValueAsString(round);
        synchronized (out) {
          out.println(line);
          out.flush();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void runAll(SiteOptions options, int first, int count, int rounds, Lines lines)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int site = first; site < first + count; site++) {
        int one = site;
        running.add(
            threads.submit(
                () -> {
                  runOne(options, one, rounds, lines);
                  return one;
                }));
      }
      for (Future<?> ended : running) {
        ended.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void runOne(SiteOptions options, int index, int rounds, Lines lines)
      throws InterruptedException {
    float[] noise = SeededModel.noise(index);
    try (SwarmSite site = SwarmSite.join(options, key(index))) {
      for (int round = 0; round < rounds; round++) {
        SeededModel weights =
            SeededModel.of(site.base().map(Merged::vector).orElse(null), noise, round);
        double handedOver = millis(System.nanoTime());
        Merged merged = site.sync(weights, TrainingReport.empty(), PATIENCE);
        SyncTimes times = merged.times().orElseThrow();
        lines.add(
            new SiteRound(
                index,
                merged.round(),
                handedOver,
                millis(times.signed()),
                millis(times.sent()),
                wallMillis(merged.summary().closedAt().toEpochMilli()),
                millis(times.sealed()),
                millis(times.read()),
                millis(times.confirmed())));
      }
    }
  }

  static SiteKey key(int site) {
    return SiteKey.ofSeed(site + 1L);
  }

  /**
   * Converts {@link System#nanoTime}, which all processes of a machine share where it is available.
   */
  static double millis(long nanos) {
    return nanos / 1e6;
  }

  /** Converts a time of day to the same scale. */
  static double wallMillis(long timeOfDayMs) {
    return millis(System.nanoTime()) - (System.currentTimeMillis() - timeOfDayMs);
  }
}
