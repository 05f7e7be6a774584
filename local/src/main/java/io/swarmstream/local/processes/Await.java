package io.swarmstream.local.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Waits with a deadline. */
public final class Await {
  private static final long PAUSE_MS = 50;

  private Await() {}

  /** A question that may fail while the process that it asks is starting. */
  interface Question {
    boolean isSo() throws Exception;
  }

  /**
   * Asks repeatedly until the answer is yes.
   *
   * @param what what the caller waits for, as in "no … within 60 s"
   * @param hint where to look when the deadline passes
   * @throws IllegalStateException when the deadline passes
   */
  static void until(String what, Duration deadline, Object hint, Question question)
      throws Exception {
    long end = System.nanoTime() + deadline.toNanos();
    while (!question.isSo()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "no " + what + " within " + deadline.toSeconds() + " s; see " + hint);
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  /** Whether a process listens on this port of this machine. */
  public static boolean isListening(int port) {
    return isListening(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  /** Whether a process listens on this address. */
  static boolean isListening(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
