package io.swarmstream.lab.bench.peers;

import java.nio.file.Path;

/** A system that is measured. */
public interface Contestant {
  /** Its short name, as the table and {@code --peers} have it. */
  String name();

  /** What takes part, in a few words. */
  String what();

  /** Rounds before those that count. */
  int warmUp(Plan plan);

  /** Resident memory that all its processes together will take at most, roughly, bytes. */
  long memoryBytes(Cell cell);

  /**
   * Starts processes, runs rounds, logs each, and stops the processes.
   *
   * @param folder empty but for the sites' noise; deleted afterwards
   * @throws InterruptedException when the deadline passes
   */
  void run(Cell cell, Plan plan, Path folder, RoundClock log) throws Exception;
}
