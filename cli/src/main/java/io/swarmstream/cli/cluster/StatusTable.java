package io.swarmstream.cli.cluster;

import io.swarmstream.local.processes.ClusterStatus;
import io.swarmstream.local.processes.FlinkJob;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Prints a cluster's status as a table. */
final class StatusTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  /** A process that does not answer after this time no longer counts as starting. */
  private static final Duration STARTING = Duration.ofMinutes(2);

  private static final String LINE = "%-14s %-9s %7s  %8s  %s%n";

  private StatusTable() {}

  static void print(ClusterStatus status, PrintWriter to) {
    to.printf(LINE, "process", "state", "pid", "up for", "address");
    for (ClusterStatus.PartStatus process : status.processes()) {
      to.printf(
          LINE,
          process.label(),
          state(process),
          process.pid().map(String::valueOf).orElse("–"),
          process.upFor().map(StatusTable::brief).orElse("–"),
          process.address()
              + (isLeader(status, process) ? "  leads" : "")
              + process.downSince().map(since -> "  down since " + TIME.format(since)).orElse(""));
    }
    to.println();
    to.println(
        status
            .job()
            .map(StatusTable::jobLine)
            .orElse("main job: not running; './swarm cluster up' starts what is missing"));
    to.println("folder: " + status.folder());
    to.flush();
  }

  private static String state(ClusterStatus.PartStatus process) {
    if (process.answers()) {
      return "up";
    }
    if (process.pid().isEmpty()) {
      return "down";
    }
    return process.upFor().filter(age -> age.compareTo(STARTING) > 0).isPresent()
        ? "silent"
        : "starting";
  }

  private static boolean isLeader(ClusterStatus status, ClusterStatus.PartStatus process) {
    return status.leader().filter(process.label()::equals).isPresent();
  }

  private static String jobLine(FlinkJob job) {
    String state =
        String.format(
            Locale.ROOT,
            "main job: %s, %d of %d tasks running",
            job.isRunning() || job.stateSinceMs() == 0
                ? job.state()
                : job.state() + " since " + TIME.format(Instant.ofEpochMilli(job.stateSinceMs())),
            job.tasksRunning(),
            job.tasks());
    if (job.checkpointAtMs() == 0) {
      return state + ", no checkpoint yet";
    }
    return state
        + String.format(
            Locale.ROOT,
            ", newest checkpoint %.1f s ago with %,d bytes of state",
            (System.currentTimeMillis() - job.checkpointAtMs()) / 1e3,
            job.checkpointBytes());
  }

  /** Formats a duration like 45 s, 12 min, 3 h, 9 d. */
  private static String brief(Duration duration) {
    if (duration.toMinutes() < 2) {
      return duration.toSeconds() + " s";
    }
    if (duration.toHours() < 2) {
      return duration.toMinutes() + " min";
    }
    return duration.toDays() < 2 ? duration.toHours() + " h" : duration.toDays() + " d";
  }
}
