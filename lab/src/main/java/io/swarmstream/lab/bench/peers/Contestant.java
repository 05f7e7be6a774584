package io.swarmstream.lab.bench.peers;

import java.nio.file.Path;

/** A system that the comparison measures. */
public interface Contestant {
  /** The system's short name, as used in the table and in {@code --peers}. */
  String name();

  /** Describes the system in a few words. */
  String what();

  /** Number of rounds before the measured ones. */
  int warmUp(Plan plan);

  /** Rough upper bound of the resident memory of all its processes together, in bytes. */
  long memoryBytes(Cell cell);

  /**
   * Starts processes, runs rounds, logs each, and stops the processes.
   *
   * @param folder empty but for the sites' noise; deleted afterwards
   * @throws InterruptedException when the deadline passes
   */
  void run(Cell cell, Plan plan, Path folder, RoundClock log) throws Exception;
}
