package io.swarmstream.lab.bench;

import io.swarmstream.lab.bench.machine.ProcessFigures;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Samples the memory and CPU time of processes while rounds run. One thread samples; other threads
 * mark the end of the warm-up.
 */
final class ProcessSamples {
  private final MemoryHistory memory = MemoryHistory.empty();
  private final Map<String, Long> peakBytes = new TreeMap<>();
  private final Map<String, Duration> cpu = new TreeMap<>();

  /** Empty until the warm-up ends. */
  private final Map<String, Duration> cpuAfterWarmUp = new TreeMap<>();

  /** What comes after the rounds that count is in the history of memory only. */
  private boolean isOver;

  /**
   * Takes a sample.
   *
   * @param pids process IDs by process name; the same processes each time
   * @param seconds time since the sites started
   */
  synchronized void take(Map<String, Long> pids, double seconds) {
    Map<String, Long> resident = new TreeMap<>();
    pids.forEach(
        (name, pid) -> {
          resident.put(name, ProcessFigures.residentBytes(pid));
          if (isOver) {
            return;
          }
          peakBytes.merge(name, ProcessFigures.peakBytes(pid), Math::max);
          Duration used = ProcessFigures.cpu(pid);
          if (!used.isZero()) {
            cpu.put(name, used);
          }
        });
    memory.add(seconds, resident);
  }

  /** Starts counting CPU time; only the first call has an effect. */
  synchronized void warmUpEnded() {
    if (cpuAfterWarmUp.isEmpty()) {
      cpuAfterWarmUp.putAll(cpu);
    }
  }

  /** Counts no more CPU time and peaks. */
  synchronized void roundsEnded() {
    isOver = true;
  }

  MemoryHistory memory() {
    return memory;
  }

  /** Peak resident memory of each process, in bytes. */
  Map<String, Long> peakBytes() {
    return peakBytes;
  }

  /** CPU time of each process since the warm-up, in seconds per round. */
  synchronized Map<String, Double> cpuSecondsPerRound(int rounds) {
    Map<String, Double> seconds = new TreeMap<>();
    cpu.forEach(
        (name, used) ->
            seconds.put(
                name,
                used.minus(cpuAfterWarmUp.getOrDefault(name, Duration.ZERO)).toMillis()
                    / 1e3
                    / rounds));
    return seconds;
  }
}
