package io.swarmstream.lab.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** All descendants of this process, as Linux reports them. */
final class ProcessTree {
  /** The value of {@code sysconf(_SC_CLK_TCK)}; it is the same on every Linux that runs Java. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Path PROC = Path.of("/proc");
  // Indices of the fields after the command's name in /proc/PID/stat, from 0.
  private static final int PARENT = 1;
  private static final int FIRST_TIME = 11;
  private static final int TIMES = 4;

  private ProcessTree() {}

  private record Stat(long pid, long parent, long ticks) {}

  /** Process IDs of all descendants of this process. */
  static List<Long> pids() {
    return descendants().stream().map(Stat::pid).toList();
  }

  /**
   * CPU time of all descendants so far, in seconds. Includes descendants that have ended, because
   * their parents keep what they used.
   */
  static double cpuSeconds() {
    return descendants().stream().mapToLong(Stat::ticks).sum() / TICKS_PER_SECOND;
  }

  /** Asks a process to end; kills it and all its descendants when they do not end. */
  static void stop(Process process) throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    boolean interrupted = false;
    try {
      process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    if (interrupted) {
      throw new InterruptedException("while its processes ended");
    }
  }

  private static List<Stat> descendants() {
    Map<Long, List<Stat>> children = new HashMap<>();
    for (Stat stat : all()) {
      children.computeIfAbsent(stat.parent(), unused -> new ArrayList<>()).add(stat);
    }
    List<Stat> found =
        new ArrayList<>(children.getOrDefault(ProcessHandle.current().pid(), List.of()));
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < found.size(); i++) {
      if (seen.add(found.get(i).pid())) {
        found.addAll(children.getOrDefault(found.get(i).pid(), List.of()));
      }
    }
    return found;
  }

  private static List<Stat> all() {
    List<Stat> all = new ArrayList<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (Character.isDigit(name.charAt(0))) {
          read(entry.resolve("stat"), Long.parseLong(name), all);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read /proc; this benchmark needs Linux", e);
    }
    return all;
  }

  private static void read(Path file, long pid, List<Stat> into) {
    try {
      into.add(parse(pid, Files.readString(file)));
    } catch (IOException e) {
      // The process has just ended.
    }
  }

  /** Parses the text; a command's name may contain spaces and parentheses. */
  private static Stat parse(long pid, String text) {
    String[] rest = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
      ticks += Long.parseLong(rest[i]);
    }
    return new Stat(pid, Long.parseLong(rest[PARENT]), ticks);
  }
}
