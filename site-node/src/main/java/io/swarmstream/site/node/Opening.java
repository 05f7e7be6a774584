package io.swarmstream.site.node;

/**
 * A session that is being opened, and may be cancelled meanwhile. Safe for use by several threads.
 */
final class Opening {
  private final String id;
  private final Thread thread;
  private boolean cancelled;
  private boolean closed;
  private boolean ended;

  Opening(String id, Thread thread) {
    this.id = id;
    this.thread = thread;
  }

  String id() {
    return id;
  }

  /**
   * Interrupts the opening, unless it has ended.
   *
   * @param forGood whether the session must not be open afterwards, even if it was opened just now
   */
  synchronized void cancel(boolean forGood) {
    if (!ended) {
      cancelled = true;
      closed = forGood;
      thread.interrupt();
    }
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Ends the opening, so that it is not interrupted any more. Called by the thread that opens.
   *
   * @return whether the session must not be open
   */
  synchronized boolean end() {
    ended = true;
    if (cancelled) {
      var unused = Thread.interrupted();
    }
    return closed;
  }
}
