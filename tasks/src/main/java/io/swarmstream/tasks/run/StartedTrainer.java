package io.swarmstream.tasks.run;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** A user's program at one site: a container or a process. */
public interface StartedTrainer {
  /** Identifies the trainer among all of this host, for people and for logs. */
  String id();

  /** Name of the form {@code <group>-<task>-u-<index>-<hex>}. */
  String name();

  /** Index of its site in the profile. */
  int site();

  /** Whether it runs. */
  boolean isRunning();

  /**
   * What it ended with; empty while it runs. A program that was killed has 128 plus the signal's
   * number. -1 when nobody saw how it ended, such as when the host was restarted.
   */
  Optional<Integer> exitCode();

  /** Why it ended, where more than the exit code is known, such as a limit that it exceeded. */
  Optional<String> ending();

  /** What it has printed so far, output and errors, bounded in size; the caller closes it. */
  InputStream log();

  /** Asks it to end, and kills it, with all that it started, after the grace period. */
  void stop(Duration grace);
}
