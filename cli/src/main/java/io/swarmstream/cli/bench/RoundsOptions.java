package io.swarmstream.cli.bench;

import java.time.Duration;

/**
 * What is measured.
 *
 * @param method merge method
 * @param rounds rounds that count
 * @param warmUp rounds before them
 * @param siteProcesses whether each site is a process of its own; else all are in one
 * @param siteHeapMiB {@code -Xmx} of a process with sites
 * @param flinkMemoryMiB of the TaskManager: heap, managed, network and other direct memory together
 * @param checkpointInterval of the main job
 */
public record RoundsOptions(
    int sites,
    long parameters,
    String method,
    int rounds,
    int warmUp,
    boolean siteProcesses,
    int siteHeapMiB,
    int flinkMemoryMiB,
    Duration checkpointInterval) {

  /** More sites than this share their connections: a thousand clients are no way to measure one. */
  static final int MOST_CONNECTIONS = 32;

  /** Above this many bytes of models, sites keep them in files. */
  private static final long MODELS_IN_MEMORY = 512L << 20;

  public RoundsOptions {
    atLeastOne("--sites", sites);
    atLeastOne("--parameters", parameters);
    atLeastOne("--rounds", rounds);
    if (siteProcesses && sites > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "--site-processes takes at most " + MOST_CONNECTIONS + " sites, got " + sites);
    }
  }

  /**
   * Rounds of {@code mean} as {@code swarm bench rounds} runs them when nothing else is asked for.
   */
  static RoundsOptions defaults(int sites, long parameters, int rounds, int warmUp) {
    return new RoundsOptions(
        sites, parameters, "mean", rounds, warmUp, false, 1024, 1536, Duration.ofMillis(100));
  }

  private static void atLeastOne(String option, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " is " + value + "; it has to be at least 1");
    }
  }

  /** Whether all sites speak through the same clients. */
  boolean isCrowd() {
    return sites > MOST_CONNECTIONS;
  }

  /** Whether sites keep their models in files. */
  boolean modelsInFiles() {
    // The one that it trains from and the one that it reads.
    long models = 2 * parameters * Float.BYTES * (siteProcesses || isCrowd() ? 1 : sites);
    return models > MODELS_IN_MEMORY;
  }

  int allRounds() {
    return warmUp + rounds;
  }
}
