package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies are held in memory at a time, however many requests there are. */
final class BodyBudget {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  BodyBudget(long most) {
    this.most = most;
  }

  /**
   * Makes room for a body.
   *
   * @throws ProblemException when others have too much of it
   */
  void take(long bytes) {
    if (held.addAndGet(bytes) > most) {
      give(bytes);
      throw busy("other bodies take what memory there is for them");
    }
  }

  void give(long bytes) {
    held.addAndGet(-bytes);
  }

  static ProblemException busy(String why) {
    return ProblemException.of(
        ProblemCode.BUSY,
        "the site node cannot serve this now: " + why + "; try again in a second");
  }
}
