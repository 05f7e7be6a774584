package io.swarmstream.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.schemas.Privacy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The processes that run the sites of a benchmark; they print one line per site and round. */
final class SiteProcesses implements AutoCloseable {
  /** Exit value of a process after {@code kill -9}. */
  private static final int KILLED = 137;

  private final RoundsOptions options;
  private final Path cluster;
  private final List<Process> processes = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  /** Those that are killed in the middle of the last round. */
  private final Set<Process> doomed = new HashSet<>();

  /**
   * Prepares the processes; starts none.
   *
   * @param cluster folder of the cluster that the sites join
   */
  SiteProcesses(RoundsOptions options, Path cluster) {
    this.options = options;
    this.cluster = cluster;
  }

  /**
   * Starts all processes.
   *
   * @param told receives each site's round when it ends, on one thread per process
   */
  void start(String contract, Consumer<SiteRound> told) throws IOException {
    int count = options.siteProcesses() ? options.sites() : 1;
    for (int i = 0; i < count; i++) {
      Process process = start(contract, i, options.sites() / count);
      processes.add(process);
      boolean isDoomed = i >= count - options.killed();
      if (isDoomed) {
        doomed.add(process);
      }
      Thread reader =
          new Thread(
              () -> read(process, isDoomed ? told.andThen(death(process)) : told),
              "bench-driver-" + i);
      reader.start();
      readers.add(reader);
    }
  }

  private Process start(String contract, int index, int sites) throws IOException {
    return DriverProcess.start(
        SiteDriver.class,
        options.siteHeapMiB(),
        cluster,
        List.of(
            cluster.toString(),
            contract,
            Integer.toString(index * sites),
            Integer.toString(sites),
            Integer.toString(options.roundsOfASite()),
            options.modelsInFiles() ? "files" : "memory",
            options.isCrowd() ? "crowd" : "sites",
            options.privacy().equals(Privacy.NONE) ? "forgets" : "remembers"));
  }

  /**
   * Hears of all rounds of a process, and kills it when it begins to send in the one after the
   * last.
   */
  private Consumer<SiteRound> death(Process process) {
    List<SiteRound> earlier = new ArrayList<>();
    return round -> {
      if (round.round() >= options.warmUp()) {
        earlier.add(round);
      }
      if (round.round() + 1 == options.allRounds()) {
        try {
          Thread.sleep(KilledRound.millisUntilSending(earlier));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        process.toHandle().destroyForcibly(); // unlike the process's own, it leaves its output open
      }
    };
  }

  private static void read(Process process, Consumer<SiteRound> told) {
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.accept(mapper.readValue(line, SiteRound.class));
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the output of the sites", e);
    }
  }

  /** Process IDs by process name. */
  Map<String, Long> pids() {
    Map<String, Long> pids = new TreeMap<>();
    for (int i = 0; i < processes.size(); i++) {
      pids.put(processes.size() == 1 ? "sites" : "site-" + (i + 1), processes.get(i).pid());
    }
    return pids;
  }

  /**
   * Whether any process is still running.
   *
   * @throws IllegalStateException when a process has failed: the others would wait for its sites
   *     until their own deadline
   */
  boolean isRunning() throws IOException {
    boolean running = false;
    for (Process process : processes) {
      if (process.isAlive()) {
        running = true;
      } else if (process.exitValue() != 0 && !wasKilled(process)) {
        throw new IllegalStateException(
            "the sites ended with an error; they said:\n" + DriverProcess.lastWords(cluster));
      }
    }
    return running;
  }

  private boolean wasKilled(Process process) {
    return doomed.contains(process) && process.exitValue() == KILLED;
  }

  /** Waits until all output has been read. */
  void awaitOutput() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join();
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
