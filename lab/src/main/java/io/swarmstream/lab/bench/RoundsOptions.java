package io.swarmstream.lab.bench;

import io.swarmstream.jobs.SwarmJobOptions;
import io.swarmstream.schemas.Encoding;
import java.time.Duration;

/**
 * Options of a benchmark of rounds.
 *
 * @param method merge method
 * @param encoding of the deltas
 * @param rounds rounds that count
 * @param warmUp rounds before them
 * @param siteProcesses whether each site runs in its own process; otherwise all share one
 * @param siteHeapMiB {@code -Xmx} of a process with sites
 * @param flinkMemoryMiB of the TaskManager: heap, managed, network and other direct memory together
 * @param checkpointInterval of the main job
 */
public record RoundsOptions(
    int sites,
    long parameters,
    String method,
    Encoding encoding,
    int rounds,
    int warmUp,
    boolean siteProcesses,
    int siteHeapMiB,
    int flinkMemoryMiB,
    Duration checkpointInterval) {

  /**
   * More sites than this share their connections, because a thousand clients would measure
   * themselves.
   */
  static final int MOST_CONNECTIONS = 32;

  static final int DEFAULT_FLINK_MEMORY_MIB = 2048;
  private static final int MOST_FLINK_MEMORY_MIB = 8192;

  /** A TaskManager's managed, network and framework memory. */
  private static final int NOT_HEAP_MIB = 512;

  public RoundsOptions {
    requireAtLeast("--sites", sites, 1);
    requireAtLeast("--parameters", parameters, 1);
    requireAtLeast("--rounds", rounds, 1);
    requireAtLeast("--warm-up", warmUp, 0);
    requireAtLeast("--site-heap", siteHeapMiB, 1);
    requireAtLeast("--flink-memory", flinkMemoryMiB, 1);
    requireAtLeast("--checkpoint-interval-ms", checkpointInterval.toMillis(), 10);
    if (siteProcesses && sites > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "--site-processes takes at most " + MOST_CONNECTIONS + " sites, got " + sites);
    }
  }

  /**
   * Rounds of {@code mean} as {@code swarm bench rounds} runs them when nothing else is asked for,
   * but with memory for all of the sites' models, and for a round's deltas and the model before at
   * the TaskManager, up to {@value #MOST_FLINK_MEMORY_MIB} MiB.
   */
  static RoundsOptions inMemory(
      int sites, long parameters, Encoding encoding, int rounds, int warmUp) {
    long modelMiB = (parameters * Float.BYTES) >> 20;
    long modelsMiB = sites * modelMiB;
    // Of the heap a quarter is for payloads; a site has two models, and what an encoding took, in
    // half of it.
    long payloadsMiB = modelsMiB + modelMiB;
    long flinkMiB =
        Math.max(
            DEFAULT_FLINK_MEMORY_MIB,
            Math.min(MOST_FLINK_MEMORY_MIB, 4 * payloadsMiB + NOT_HEAP_MIB));
    long siteMiB =
        Math.max(siteHeapMiB(sites, false), (encoding.isLossy() ? 6 : 4) * modelsMiB + 1024);
    return new RoundsOptions(
        sites,
        parameters,
        "mean",
        encoding,
        rounds,
        warmUp,
        false,
        Math.toIntExact(siteMiB),
        Math.toIntExact(flinkMiB),
        SwarmJobOptions.DEFAULT_CHECKPOINT_INTERVAL);
  }

  static void requireAtLeast(String option, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          option + " is " + value + "; it has to be at least " + least);
    }
  }

  /**
   * Heap for a process with sites. A site's clients hold at most 32 MiB to be sent and twice 16 MiB
   * that were read, each; a heap full of arrays of a megabyte should be half empty.
   */
  static int siteHeapMiB(int sites, boolean siteProcesses) {
    if (siteProcesses) {
      return 512;
    }
    return sites > MOST_CONNECTIONS ? 2048 : Math.max(1024, 320 * sites);
  }

  /** Whether all sites speak through the same clients. */
  boolean isCrowd() {
    return sites > MOST_CONNECTIONS;
  }

  /** Whether sites keep their models in files: they would fill half of the heap. */
  boolean modelsInFiles() {
    // The one that it trains from, the one that it reads, and what an encoding took.
    long models =
        (encoding.isLossy() ? 3 : 2)
            * parameters
            * Float.BYTES
            * (siteProcesses || isCrowd() ? 1 : sites);
    return models > ((long) siteHeapMiB << 20) / 2;
  }

  int allRounds() {
    return warmUp + rounds;
  }
}
