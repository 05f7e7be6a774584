package io.swarmstream.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Resident memory of processes over time.
 *
 * @param seconds when it was looked at, since the sites started
 * @param residentBytes of each process at each of these moments; 0: it had ended
 */
record MemoryHistory(List<Double> seconds, Map<String, List<Long>> residentBytes) {

  /** One in which nothing has been seen yet. */
  static MemoryHistory empty() {
    return new MemoryHistory(new ArrayList<>(), new TreeMap<>());
  }

  /** Adds a moment; {@code bytes} has the same processes each time. */
  void add(double second, Map<String, Long> bytes) {
    seconds.add(second);
    bytes.forEach(
        (process, resident) ->
            residentBytes.computeIfAbsent(process, unused -> new ArrayList<>()).add(resident));
  }
}
