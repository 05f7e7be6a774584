package io.swarmstream.site.node.http;

import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Discards the rest of a refused request's body. Without that, a trainer in the middle of sending
 * it would see a broken connection instead of the answer. Occupies no thread while it waits.
 */
final class Remainder implements Runnable {
  private final Request request;
  private final Runnable then;
  private final long end;
  private long left;

  /**
   * Prepares it.
   *
   * @param most bytes to read at most
   * @param time to read at most
   * @param then called when the body has ended or a limit is reached
   */
  Remainder(Request request, long most, Duration time, Runnable then) {
    this.request = request;
    this.left = most;
    this.end = System.nanoTime() + time.toNanos();
    this.then = then;
  }

  @Override
  public void run() {
    while (left > 0 && System.nanoTime() < end) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        break;
      }
      left -= chunk.remaining();
      chunk.release();
      if (chunk.isLast()) {
        break;
      }
    }
    then.run();
  }
}
