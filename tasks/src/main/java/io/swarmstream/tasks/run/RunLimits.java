package io.swarmstream.tasks.run;

import java.time.Duration;

/**
 * What one trainer may use; 0, and a duration of zero, mean without limit.
 *
 * @param memoryBytes main memory
 * @param cpus number of processors, such as 1.5
 * @param pids processes and threads
 * @param openFiles of each process
 * @param fileBytes largest file that it may write
 * @param time from start to end; afterwards it is stopped
 * @param logBytes how much of its output is kept
 */
public record RunLimits(
    long memoryBytes,
    double cpus,
    int pids,
    int openFiles,
    long fileBytes,
    Duration time,
    long logBytes) {
  private static final long LOG_BYTES = 64L << 20;

  /** Limits for programs that mean no harm: only output, processes and files are bounded. */
  public static final RunLimits USUAL =
      new RunLimits(0, 0, 4096, 20_000, 0, Duration.ZERO, LOG_BYTES);

  /** These limits with another bound of memory. */
  public RunLimits withMemory(long bytes) {
    return new RunLimits(bytes, cpus, pids, openFiles, fileBytes, time, logBytes);
  }

  /** These limits with another number of processors. */
  public RunLimits withCpus(double number) {
    return new RunLimits(memoryBytes, number, pids, openFiles, fileBytes, time, logBytes);
  }

  /** These limits with another number of processes. */
  public RunLimits withPids(int number) {
    return new RunLimits(memoryBytes, cpus, number, openFiles, fileBytes, time, logBytes);
  }

  /** These limits with another bound of time. */
  public RunLimits withTime(Duration most) {
    return new RunLimits(memoryBytes, cpus, pids, openFiles, fileBytes, most, logBytes);
  }

  /** These limits with another size of the log. */
  public RunLimits withLog(long bytes) {
    return new RunLimits(memoryBytes, cpus, pids, openFiles, fileBytes, time, bytes);
  }
}
