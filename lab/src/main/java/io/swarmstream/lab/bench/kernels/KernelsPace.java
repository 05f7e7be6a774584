package io.swarmstream.lab.bench.kernels;

/**
 * How long each measurement takes.
 *
 * @param warmUpMillis warm-up of each kernel, which runs twice before any measurement
 * @param turnMillis minimum length of each kernel's turn
 * @param slowMillis a function of another system that takes longer than this runs once: its time in
 *     the check counts, because it is measured well enough and seven of it would take most of the
 *     benchmark
 * @param probeMebibytes memory that each core goes through, twice, to measure the memory bandwidth
 */
record KernelsPace(double warmUpMillis, double turnMillis, double slowMillis, int probeMebibytes) {
  /** Long enough for the compiler, and with more memory than caches hold. */
  static final KernelsPace STEADY = new KernelsPace(1_500, 300, 10_000, 256);
}
