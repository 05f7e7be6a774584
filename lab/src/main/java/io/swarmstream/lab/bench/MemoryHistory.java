package io.swarmstream.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Resident memory of processes over time.
 *
 * @param seconds time of each sample, since the sites started
 * @param residentBytes resident memory of each process in each sample; 0 once the process has ended
 */
record MemoryHistory(List<Double> seconds, Map<String, List<Long>> residentBytes) {

  /** A history without samples. */
  static MemoryHistory empty() {
    return new MemoryHistory(new ArrayList<>(), new TreeMap<>());
  }

  /** Adds a sample; {@code bytes} holds the same processes each time. */
  void add(double second, Map<String, Long> bytes) {
    seconds.add(second);
    bytes.forEach(
        (process, resident) ->
            residentBytes.computeIfAbsent(process, unused -> new ArrayList<>()).add(resident));
  }
}
