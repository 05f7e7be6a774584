package io.swarmstream.site.node;

/** A session that is being opened, which may be given up meanwhile. */
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
   * Interrupts it, unless it has ended.
   *
   * @param forGood whether its session shall not be open afterwards
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
   * It is interrupted no more; returns whether its session shall not be open. By the thread itself.
   */
  synchronized boolean end() {
    ended = true;
    if (cancelled) {
      var unused = Thread.interrupted();
    }
    return closed;
  }
}
