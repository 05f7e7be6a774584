package io.swarmstream.schemas.processes;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for processes that were asked to end. */
public final class ProcessEnd {
  private ProcessEnd() {}

  /** Whether a process ends within a time; an interrupt ends the wait, and stays set. */
  public static boolean within(ProcessHandle process, Duration time) {
    try {
      var unused = process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }
}
