package io.swarmstream.shell.session;

import java.time.Duration;
import java.time.Instant;

/** The time, and pauses. */
public interface ShellPace {
  /** That of the machine. */
  ShellPace REAL =
      new ShellPace() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
          Thread.sleep(time.toMillis());
        }
      };

  Instant now();

  void pause(Duration time) throws InterruptedException;
}
