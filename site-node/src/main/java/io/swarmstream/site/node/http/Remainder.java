package io.swarmstream.site.node.http;

import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads what is left of a refused request's body and throws it away: a trainer in the middle of
 * sending it would see a broken connection instead of the answer. Takes no thread while it waits.
 */
final class Remainder implements Runnable {
  private final Request request;
  private final Runnable then;
  private final long end;
  private long left;

  /**
   * Prepares it.
   *
   * @param most bytes that are listened to
   * @param time for how long
   * @param then told when the body has ended, or is listened to no more
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
