package io.swarmstream.lab.bench.idle;

import io.swarmstream.lab.bench.machine.Machine;
import java.util.Comparator;
import java.util.List;

/**
 * What an idle swarm costs.
 *
 * @param starts the starts of {@code swarm up}, in order
 * @param siteStart the start of the site's node
 * @param seconds how long the processes were watched, after {@code settledSeconds}
 * @param parts the processes while nobody trained
 */
record IdleResult(
    Machine machine,
    List<Start> starts,
    Start siteStart,
    int settledSeconds,
    int seconds,
    List<Part> parts) {

  /**
   * A start.
   *
   * @param seconds from the command to the line that says it is up
   * @param cpuSeconds that the process has used by then
   */
  record Start(double seconds, double cpuSeconds) {}

  /**
   * A process.
   *
   * @param cpuPercent of one core
   * @param residentMib resident memory at the end, with pages of files that other processes may
   *     share
   */
  record Part(String name, double cpuPercent, double residentMib) {}

  /** The start that other load on the machine has disturbed least. */
  Start fastest() {
    return starts.stream().min(Comparator.comparingDouble(Start::seconds)).orElseThrow();
  }
}
