package io.swarmstream.lab.bench.kernels;

import io.swarmstream.cli.cluster.Repository;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.lab.bench.machine.Machine;
import io.swarmstream.lab.bench.python.PeerEnvironment;
import io.swarmstream.local.processes.Steps;
import io.swarmstream.schemas.files.FolderTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the product's merge methods and those of other systems on the same deltas. The kernels
 * take turns, so that other load on the machine slows down all of them alike.
 */
final class KernelsBenchmark {
  private final KernelsOptions options;
  private final KernelsPace pace;
  private final Steps steps;
  private final Consumer<KernelsResult> soFar;
  private final Timings timings = new Timings();
  private final Map<String, Double> accuracy = new LinkedHashMap<>();
  private final Map<String, Set<String>> hashes = new LinkedHashMap<>();
  private final Map<String, String> versions = new TreeMap<>();

  /**
   * Measures nothing yet.
   *
   * @param soFar takes what is measured, after each turn
   */
  KernelsBenchmark(
      KernelsOptions options, KernelsPace pace, Steps steps, Consumer<KernelsResult> soFar) {
    this.soFar = soFar;
    this.options = options;
    this.pace = pace;
    this.steps = steps;
  }

  KernelsResult run() throws Exception {
    versions.put("java", Runtime.version().toString());
    Path folder = SwarmFolders.temporary("kernels-");
    try (Cores cores = Cores.all()) {
      SiteDeltas deltas =
          steps.run(
              "making the deltas",
              () -> new SiteDeltas(options.sites(), options.parameters(), cores));
      if (options.skipPeers()) {
        return measure(deltas, cores, folder, null);
      }
      PeerEnvironment peers = PeerEnvironment.of(Repository.home(), steps);
      try (PeerWorker worker =
          steps.run("starting the others' functions", () -> start(peers, deltas, folder))) {
        versions.putAll(worker.versions());
        return measure(deltas, cores, folder, worker);
      }
    } finally {
      FolderTree.delete(folder);
    }
  }

  private PeerWorker start(PeerEnvironment peers, SiteDeltas deltas, Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("deltas.f32");
    deltas.writeTo(file);
    return new PeerWorker(
        peers,
        file,
        Kernel.MEAN.weights(options.sites()),
        ResNet18.shapes(options.parameters()),
        folder.resolve("peers.txt"));
  }

  private KernelsResult measure(
      SiteDeltas deltas, Cores cores, Path folder, @Nullable PeerWorker worker) throws Exception {
    MemoryProbe probe = new MemoryProbe(cores, pace.probeMebibytes());
    MemoryLimit before = steps.run("reading and copying memory", probe::measure);
    float[][] out = deltas.room();
    steps.run("warming up", () -> warmUp(deltas, cores, out));
    for (Kernel kernel : Kernel.ALL) {
      steps.run(
          "checking " + kernel.name() + (worker == null ? "" : " and its peers"),
          () -> check(kernel, deltas, cores, folder, worker));
    }
    Map<String, Double> payloadHashes =
        steps.run("hashing payloads", () -> HashSpeed.measure(options.turns(), pace));
    for (int turn = 1; turn <= options.turns(); turn++) {
      steps.run(
          "turn %d of %d".formatted(turn, options.turns()),
          () -> takeTurn(deltas, cores, out, worker));
      soFar.accept(result(deltas, before, payloadHashes));
    }
    MemoryLimit after = steps.run("reading and copying memory", probe::measure);
    return result(deltas, before.best(after), payloadHashes);
  }

  private KernelsResult result(
      SiteDeltas deltas, MemoryLimit memory, Map<String, Double> payloadHashes) {
    Map<String, String> first = new LinkedHashMap<>();
    hashes.forEach((kernel, all) -> first.put(kernel, all.iterator().next()));
    return new KernelsResult(
        deltas.sites(),
        deltas.parameters(),
        ResNet18.shapes(options.parameters()).size(),
        deltas.bytes(),
        timings.medians(),
        timings.spreads(),
        memory,
        accuracy,
        KernelsResult.same(hashes),
        first,
        payloadHashes,
        versions,
        Machine.here());
  }

  /**
   * Runs each kernel twice, because one kernel may invalidate what the compiler assumed for
   * another.
   */
  private float[][] warmUp(SiteDeltas deltas, Cores cores, float[][] out)
      throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      for (Kernel kernel : Kernel.ALL) {
        times(kernel, deltas, cores, out, pace.warmUpMillis());
      }
    }
    return out;
  }

  private Kernel check(
      Kernel kernel, SiteDeltas deltas, Cores cores, Path folder, @Nullable PeerWorker worker)
      throws IOException, InterruptedException {
    Exact exact = new Exact(kernel, deltas, cores);
    float[][] merged = deltas.room();
    kernel.merge(deltas, cores, merged);
    accuracy.put(kernel.name(), exact.largestError(merged));
    hashes.put(kernel.name(), new SameBits(deltas, cores).hashes(kernel));
    if (worker != null) {
      for (String peer : kernel.peers()) {
        Path file = folder.resolve("merged.f32");
        double[] taken = worker.save(peer, file);
        if (Arrays.stream(taken).sum() > pace.slowMillis()) {
          timings.add(peer, taken);
        }
        accuracy.put(peer, exact.largestError(read(file, deltas.room())));
      }
    }
    return kernel;
  }

  private static float[][] read(Path file, float[][] into) throws IOException {
    FloatBuffer values =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (float[] chunk : into) {
      values.get(chunk);
    }
    return into;
  }

  private Timings takeTurn(
      SiteDeltas deltas, Cores cores, float[][] out, @Nullable PeerWorker worker)
      throws IOException, InterruptedException {
    for (Kernel kernel : Kernel.ALL) {
      timings.add(kernel.name(), times(kernel, deltas, cores, out, pace.turnMillis()));
      if (worker != null) {
        for (String peer : kernel.peers()) {
          if (timings.longest(peer) <= pace.slowMillis()) {
            timings.add(peer, worker.run(peer, pace.turnMillis()));
          }
        }
      }
    }
    return timings;
  }

  /** Times one merge, and more while they fit into the given time. */
  private static double[] times(
      Kernel kernel, SiteDeltas deltas, Cores cores, float[][] out, double millis)
      throws InterruptedException {
    List<Double> times = new ArrayList<>();
    double sum = 0;
    while (sum < millis || times.isEmpty()) {
      long began = System.nanoTime();
      kernel.merge(deltas, cores, out);
      double taken = (System.nanoTime() - began) / 1e6;
      times.add(taken);
      sum += taken;
    }
    return times.stream().mapToDouble(one -> one).toArray();
  }
}
