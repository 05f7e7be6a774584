package io.swarmstream.lab.bench.idle;

import io.swarmstream.lab.bench.machine.Machine;
import io.swarmstream.lab.bench.machine.ProcessFigures;
import io.swarmstream.local.processes.Steps;
import io.swarmstream.schemas.files.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts a swarm several times, lets the last one stand with a site, and watches its processes. */
final class IdleBenchmark {
  private static final double PERCENT = 100;
  private static final double MIB = 1 << 20;

  private final Options options;
  private final Path script;
  private final Steps steps;

  /**
   * How to measure.
   *
   * @param starts how often to start the swarm
   * @param settle how long to let the processes stand before they are watched: a JVM compiles for a
   *     while what it has just begun to run
   * @param watch how long to watch them
   */
  record Options(int starts, Duration settle, Duration watch) {
    Options {
      if (starts < 1) {
        throw new IllegalArgumentException("--starts is " + starts + "; start it at least once");
      }
      if (settle.isNegative()) {
        throw new IllegalArgumentException(
            "--settle is " + settle.toSeconds() + "; it has to be 0 s or more");
      }
      if (watch.toSeconds() < 1) {
        throw new IllegalArgumentException(
            "--seconds is " + watch.toSeconds() + "; watch the processes for at least 1 s");
      }
    }
  }

  IdleBenchmark(Options options, Path script, Steps steps) {
    this.options = options;
    this.script = script;
    this.steps = steps;
  }

  IdleResult run() throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      List<IdleResult.Start> starts = new ArrayList<>();
      for (int i = 1; i < options.starts(); i++) {
        try (SwarmProgram up = up(i, folder.path())) {
          starts.add(up.start());
        }
      }
      try (SwarmProgram up = up(options.starts(), folder.path());
          SwarmProgram site = site(folder.path())) {
        starts.add(up.start());
        Map<String, Long> pids = new LinkedHashMap<>();
        pids.put("swarm up: Kafka, Flink, console", up.pid());
        pids.put("swarm up: Ethereum node", up.child("anvil"));
        pids.put("swarm site", site.pid());
        return new IdleResult(
            Machine.here(),
            List.copyOf(starts),
            site.start(),
            (int) options.settle().toSeconds(),
            (int) options.watch().toSeconds(),
            steps.run("watching them while nobody trains", () -> watched(pids)));
      }
    }
  }

  private SwarmProgram up(int number, Path folder) throws Exception {
    return steps.run(
        "starting the swarm, %d of %d".formatted(number, options.starts()),
        () ->
            SwarmProgram.start(
                script,
                "The swarm is up",
                "up",
                "--folder",
                folder.resolve("up").toString(),
                "--console",
                "0"));
  }

  private SwarmProgram site(Path folder) throws Exception {
    return steps.run(
        "starting a site's node",
        () ->
            SwarmProgram.start(
                script,
                "Ctrl-C leaves its trainings",
                "site",
                "--name",
                "hospital-a",
                "--port",
                "0",
                "--folder",
                folder.resolve("hospital-a").toString(),
                "--swarm",
                folder.resolve("up").toString()));
  }

  private List<IdleResult.Part> watched(Map<String, Long> pids)
      throws InterruptedException, IOException {
    Thread.sleep(options.settle().toMillis());
    long began = System.nanoTime();
    Map<String, Double> before = new LinkedHashMap<>();
    pids.forEach((name, pid) -> before.put(name, SwarmProgram.cpuSeconds(pid)));
    Thread.sleep(options.watch().toMillis());
    double seconds = (System.nanoTime() - began) / 1e9;
    List<IdleResult.Part> parts = new ArrayList<>();
    for (Map.Entry<String, Long> each : pids.entrySet()) {
      long resident = ProcessFigures.residentBytes(each.getValue());
      if (resident == 0) {
        throw new IOException(each.getKey() + " has ended meanwhile");
      }
      double used =
          SwarmProgram.cpuSeconds(each.getValue()) - before.getOrDefault(each.getKey(), 0.0);
      parts.add(new IdleResult.Part(each.getKey(), PERCENT * used / seconds, resident / MIB));
    }
    return parts;
  }
}
