package io.swarmstream.lab.bench.kernels;

/**
 * Options of a benchmark of merge methods.
 *
 * @param parameters number of parameters of the model, spread over tensors like those of ResNet-18
 * @param turns number of turns of each kernel
 * @param skipPeers whether to leave out the kernels of other systems
 */
record KernelsOptions(int sites, long parameters, int turns, boolean skipPeers) {
  /** Multi-Krum needs that many sites to tolerate one bad site. */
  private static final int LEAST_SITES = 5;

  private static final int MOST_SITES = 256;
  private static final long LEAST_PARAMETERS = 1_000;

  /** Share of the heap that deltas may take. */
  private static final double SHARE_OF_HEAP = 0.6;

  KernelsOptions {
    if (sites < LEAST_SITES || sites > MOST_SITES) {
      throw new IllegalArgumentException(
          "--sites is %d; give %d to %d, as multikrum needs %d sites to tolerate one bad one"
              .formatted(sites, LEAST_SITES, MOST_SITES, LEAST_SITES));
    }
    if (parameters < LEAST_PARAMETERS) {
      throw new IllegalArgumentException(
          "--parameters is %d; give at least %,d".formatted(parameters, LEAST_PARAMETERS));
    }
    if (turns < 1) {
      throw new IllegalArgumentException("--turns is " + turns + "; give at least 1");
    }
    parameters = ResNet18.parameters(parameters);
    requireHeap(sites, parameters, Runtime.getRuntime().maxMemory());
  }

  /** Rejects deltas that do not fit into a heap of this many bytes. */
  static void requireHeap(int sites, long parameters, long heap) {
    double bytes = (double) sites * parameters * Float.BYTES;
    if (bytes > SHARE_OF_HEAP * heap) {
      throw new IllegalArgumentException(
          "--sites %d with --parameters %d are %.0f MiB of deltas, too many for a heap of %d MiB; ask for fewer, or set SWARM_JAVA_OPTIONS=-Xmx%dm"
              .formatted(
                  sites,
                  parameters,
                  bytes / (1 << 20),
                  heap >> 20,
                  (long) Math.ceil(bytes / SHARE_OF_HEAP / (1 << 20))));
    }
  }
}
