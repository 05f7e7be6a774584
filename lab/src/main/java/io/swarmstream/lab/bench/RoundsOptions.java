package io.swarmstream.lab.bench;

import io.swarmstream.jobs.SwarmJobOptions;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.masking.PrivacyRule;
import java.time.Duration;

/**
 * Options of a benchmark of rounds.
 *
 * @param method merge method
 * @param encoding encoding of the deltas
 * @param privacy what sites do to their deltas before they send them
 * @param rounds number of measured rounds
 * @param warmUp number of rounds before them
 * @param siteProcesses whether each site runs in its own process; otherwise all share one
 * @param siteHeapMiB {@code -Xmx} of each process that runs sites
 * @param flinkMemoryMiB memory of the TaskManager: heap, managed, network and other direct memory
 *     together
 * @param checkpointInterval checkpoint interval of the main job
 * @param killed how many sites are killed in the middle of one more round
 * @param gracePeriod how long a round waits for the others once it has enough sites
 */
public record RoundsOptions(
    int sites,
    long parameters,
    String method,
    DeltaEncoding encoding,
    Privacy privacy,
    int rounds,
    int warmUp,
    boolean siteProcesses,
    int siteHeapMiB,
    int flinkMemoryMiB,
    Duration checkpointInterval,
    int killed,
    Duration gracePeriod) {

  /** No measured round closes without a site. */
  static final Duration DEFAULT_GRACE_PERIOD = Duration.ofMinutes(30);

  /**
   * With more sites than this, sites share connections: a thousand clients would measure
   * themselves.
   */
  static final int MOST_CONNECTIONS = 32;

  static final int DEFAULT_FLINK_MEMORY_MIB = 2048;
  private static final int MOST_FLINK_MEMORY_MIB = 8192;

  /** Managed, network and framework memory of a TaskManager. */
  private static final int NOT_HEAP_MIB = 512;

  public RoundsOptions {
    requireAtLeast("--sites", sites, 1);
    requireAtLeast("--parameters", parameters, 1);
    requireAtLeast("--rounds", rounds, 1);
    requireAtLeast("--warm-up", warmUp, 0);
    requireAtLeast("--site-heap", siteHeapMiB, 1);
    requireAtLeast("--flink-memory", flinkMemoryMiB, 1);
    requireAtLeast("--checkpoint-interval-ms", checkpointInterval.toMillis(), 10);
    requireAtLeast("--grace-period-ms", gracePeriod.toMillis(), 1);
    requireAtLeast("--kill", killed, 0);
    if (killed >= sites || (killed > 0 && !siteProcesses)) {
      throw new IllegalArgumentException(
          "--kill takes fewer sites than there are, and --site-processes; got %d of %d sites"
              .formatted(killed, sites));
    }
    PrivacyRule.require(privacy, method, sites - killed, encoding, Optimizer.NONE, 0, Limits.NONE);
    if (!privacy.equals(Privacy.NONE) && sites > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "--privacy takes at most " + MOST_CONNECTIONS + " sites, got " + sites);
    }
    if (siteProcesses && sites > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "--site-processes takes at most " + MOST_CONNECTIONS + " sites, got " + sites);
    }
  }

  /**
   * Rounds of {@code mean} with the defaults of {@code swarm bench rounds}, except that the sites
   * have memory for all their models, and the TaskManager has memory for a round's deltas and the
   * previous model, up to {@value #MOST_FLINK_MEMORY_MIB} MiB.
   */
  static RoundsOptions inMemory(
      int sites, long parameters, DeltaEncoding encoding, int rounds, int warmUp) {
    long modelMiB = (parameters * Float.BYTES) >> 20;
    long modelsMiB = sites * modelMiB;
    // A quarter of Flink's heap is for payloads. Half of the sites' heap holds each site's two
    // models and the error that an encoding left.
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
        Privacy.NONE,
        rounds,
        warmUp,
        false,
        Math.toIntExact(siteMiB),
        Math.toIntExact(flinkMiB),
        SwarmJobOptions.DEFAULT_CHECKPOINT_INTERVAL,
        0,
        DEFAULT_GRACE_PERIOD);
  }

  static void requireAtLeast(String option, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          option + " is " + value + "; it has to be at least " + least);
    }
  }

  /**
   * Heap of a process that runs sites. The clients of each site hold at most 32 MiB to send and two
   * times 16 MiB that were read. A heap that holds mostly arrays of one megabyte should be half
   * empty.
   */
  static int siteHeapMiB(int sites, boolean siteProcesses) {
    if (siteProcesses) {
      return 512;
    }
    return sites > MOST_CONNECTIONS ? 2048 : Math.max(1024, 320 * sites);
  }

  /** Whether all sites share the same clients. */
  boolean isCrowd() {
    return sites > MOST_CONNECTIONS;
  }

  /** Whether sites keep their models in files, because the models would fill half of the heap. */
  boolean modelsInFiles() {
    // The model it trains from, the model it reads, and the error that an encoding left.
    long models =
        (encoding.isLossy() ? 3 : 2)
            * parameters
            * Float.BYTES
            * (siteProcesses || isCrowd() ? 1 : sites);
    return models > ((long) siteHeapMiB << 20) / 2;
  }

  /** The rounds of all sites; the one in which sites are killed comes after them. */
  int allRounds() {
    return warmUp + rounds;
  }

  /** How many rounds a site that survives is in. */
  int roundsOfASite() {
    return allRounds() + (killed > 0 ? 1 : 0);
  }

  /** How many sites a round needs. */
  int minPeers() {
    return sites - killed;
  }
}
