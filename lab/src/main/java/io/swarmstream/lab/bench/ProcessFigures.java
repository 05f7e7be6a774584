package io.swarmstream.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the operating system knows of a process. */
final class ProcessFigures {
  private ProcessFigures() {}

  /** The most memory that it ever had, bytes; 0 where the system does not tell. */
  static long peakBytes(long pid) {
    return statusBytes(pid, "VmHWM:");
  }

  /** The memory that it has now, bytes; 0 where the system does not tell. */
  static long residentBytes(long pid) {
    return statusBytes(pid, "VmRSS:");
  }

  /** CPU time so far. */
  static Duration cpu(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  private static long statusBytes(long pid, String field) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      // It has ended, or this is no Linux.
    }
    return 0;
  }
}
