package io.swarmstream.lab.bench.kernels;

/**
 * How long things are looked at.
 *
 * @param warmUpMillis of each kernel, twice, before any clock runs
 * @param turnMillis least of each kernel's turn
 * @param probeMebibytes memory that each core goes through, twice, to find out how fast it is
 */
record KernelsPace(double warmUpMillis, double turnMillis, int probeMebibytes) {
  /** Enough for the compiler, and more memory than caches hold. */
  static final KernelsPace STEADY = new KernelsPace(1_500, 300, 256);
}
