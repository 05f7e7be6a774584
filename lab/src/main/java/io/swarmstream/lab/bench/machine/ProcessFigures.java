package io.swarmstream.lab.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Reads what the operating system reports about a process. */
public final class ProcessFigures {
  private ProcessFigures() {}

  /** Peak resident memory in bytes; 0 where the system does not report it. */
  public static long peakBytes(long pid) {
    return statusBytes(pid, "VmHWM:");
  }

  /** Current resident memory in bytes; 0 where the system does not report it. */
  public static long residentBytes(long pid) {
    return statusBytes(pid, "VmRSS:");
  }

  /** CPU time used so far. */
  public static Duration cpu(long pid) {
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
      // The process has ended, or this is not Linux.
    }
    return 0;
  }
}
