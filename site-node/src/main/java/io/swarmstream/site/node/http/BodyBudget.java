package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.util.concurrent.atomic.AtomicLong;

/** Limits how many bytes of bodies are in memory at a time, however many requests there are. */
final class BodyBudget {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  BodyBudget(long most) {
    this.most = most;
  }

  /**
   * Reserves memory for a body.
   *
   * @throws ProblemException when other bodies have too much of it
   */
  void take(long bytes) {
    if (held.addAndGet(bytes) > most) {
      give(bytes);
      throw busy("other requests use all the memory for bodies");
    }
  }

  void give(long bytes) {
    held.addAndGet(-bytes);
  }

  static ProblemException busy(String why) {
    return ProblemException.of(
        ProblemCode.BUSY, "the site node is too busy: " + why + "; try again in a second");
  }
}
