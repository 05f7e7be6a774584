package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.DeadlineException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets the thread that follows a log notify the threads that wait for news. */
final class Bulletin {
  private @Nullable Throwable end;

  /** Applies a change to the known state, and wakes all waiting threads. */
  synchronized void publish(Runnable change) {
    change.run();
    notifyAll();
  }

  /** Ends the bulletin: nothing more will come, and waiting threads fail with this cause. */
  synchronized void end(Throwable cause) {
    if (end == null) {
      end = cause;
    }
    notifyAll();
  }

  synchronized boolean hasEnded() {
    return end != null;
  }

  synchronized <T> T read(Supplier<T> question) {
    return question.get();
  }

  /**
   * Waits until the question has an answer; asks it again after each change.
   *
   * @param what what the caller waits for, for the message
   * @param state what is known so far, for the message
   */
  synchronized <T> T await(
      String what, Deadline deadline, Supplier<Optional<T>> question, Supplier<String> state)
      throws InterruptedException {
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (end != null) {
        throw new LogEndedException(what + " will not come: " + end.getMessage(), end);
      }
      long remainingNanos = deadline.remainingNanos();
      if (remainingNanos <= 0) {
        throw new DeadlineException(
            what + " did not come within " + deadline.allowed() + "; " + state.get());
      }
      // At least 1 ms, because a wait of 0 never ends.
      wait(TimeUnit.NANOSECONDS.toMillis(remainingNanos) + 1);
    }
  }
}
