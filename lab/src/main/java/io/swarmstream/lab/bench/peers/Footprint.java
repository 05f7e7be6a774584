package io.swarmstream.lab.bench.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records the peak memory of all processes that this process has started, and CPU and loopback
 * traffic between two marks.
 */
final class Footprint {
  private static final String LOOPBACK = "lo:";
  private static final long KIB = 1024;

  private final Map<String, Long> peaks = new TreeMap<>();
  private long peakTogether;
  private double cpuSeconds;
  private long loopbackBytes;

  /** Starts counting CPU and traffic. */
  synchronized void markStart() {
    cpuSeconds = -ProcessTree.cpuSeconds();
    loopbackBytes = -loopback();
  }

  /** Stops counting CPU and traffic. */
  synchronized void markEnd() {
    cpuSeconds += ProcessTree.cpuSeconds();
    loopbackBytes += loopback();
  }

  /** Samples the memory of each process. */
  void sample() {
    long together = 0;
    for (long pid : ProcessTree.pids()) {
      Map<String, Long> status = status(pid);
      peaks.merge(name(pid), status.getOrDefault("VmHWM", 0L), Math::max);
      // Processes share pages of files, such as libraries: a sum would count them once per process.
      together += status.getOrDefault("RssAnon", 0L) + status.getOrDefault("RssShmem", 0L);
    }
    peakTogether = Math.max(peakTogether, together);
  }

  /** Peak resident memory of the largest process of each name, in bytes. */
  Map<String, Long> peakBytes() {
    Map<String, Long> found = new TreeMap<>(peaks);
    found.values().removeIf(bytes -> bytes == 0);
    return found;
  }

  /** Peak memory of all processes at one moment, without mapped files, in bytes. */
  long peakTogetherBytes() {
    return peakTogether;
  }

  synchronized double cpuSeconds() {
    return cpuSeconds;
  }

  synchronized long loopbackBytes() {
    return loopbackBytes;
  }

  /** Memory that is available without swapping, in bytes. */
  static long freeBytes() {
    return fields(Path.of("/proc/meminfo")).getOrDefault("MemAvailable", Long.MAX_VALUE);
  }

  private static Map<String, Long> status(long pid) {
    return fields(Path.of("/proc", Long.toString(pid), "status"));
  }

  /** Parses lines like {@code VmRSS: 1024 kB}; values are in bytes. */
  private static Map<String, Long> fields(Path file) {
    Map<String, Long> fields = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.endsWith(" kB")) {
          fields.put(
              line.substring(0, line.indexOf(':')),
              Long.parseLong(line.replaceAll("\\D", "")) * KIB);
        }
      }
    } catch (IOException e) {
      // The process has just ended.
    }
    return fields;
  }

  private static String name(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      String text = new String(line, StandardCharsets.UTF_8);
      return ProcessName.of(text.isEmpty() ? List.of() : Arrays.asList(text.split("\0", -1)));
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Bytes sent over the loopback interface since the machine started. */
  private static long loopback() {
    try {
      return Files.readAllLines(Path.of("/proc/net/dev")).stream()
          .map(String::strip)
          .filter(line -> line.startsWith(LOOPBACK))
          .mapToLong(
              line -> Long.parseLong(line.substring(LOOPBACK.length()).strip().split(" ", 2)[0]))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read /proc/net/dev; this benchmark needs Linux", e);
    }
  }
}
