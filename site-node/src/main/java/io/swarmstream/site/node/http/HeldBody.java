package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads a body to memory. No thread waits for it, so that bodies that never arrive take no thread
 * from other requests.
 */
final class HeldBody implements Runnable {
  private final Request request;
  private final int maxBytes;
  private final Consumer<byte[]> whole;
  private final Consumer<ProblemException> failed;
  private final MinimumRate pace = new MinimumRate();
  private byte[] bytes;
  private int count;

  private HeldBody(
      Request request, int maxBytes, Consumer<byte[]> whole, Consumer<ProblemException> failed) {
    this.request = request;
    this.maxBytes = maxBytes;
    this.whole = whole;
    this.failed = failed;
    this.bytes = new byte[(int) Math.min(Math.max(0, request.getLength()), 65_536)];
  }

  /**
   * Reads a body and calls one of the two consumers, in this thread or another one.
   *
   * @param maxBytes a longer body fails
   */
  static void read(
      Request request, int maxBytes, Consumer<byte[]> whole, Consumer<ProblemException> failed) {
    new HeldBody(request, maxBytes, whole, failed).run();
  }

  @Override
  public void run() {
    byte[] all;
    try {
      if (!readAll()) {
        request.demand(this);
        return;
      }
      all = count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    } catch (ProblemException e) {
      failed.accept(e);
      return;
    }
    whole.accept(all);
  }

  /** Whether the body has ended; false: more is to come. */
  private boolean readAll() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        return false;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw MinimumRate.tooSlow(String.valueOf(chunk.getFailure().getMessage()));
      }
      try {
        append(chunk.getByteBuffer());
      } finally {
        chunk.release();
      }
      if (chunk.isLast()) {
        return true;
      }
    }
  }

  private void append(ByteBuffer piece) {
    int length = piece.remaining();
    if (length > maxBytes - count) {
      throw tooLarge(maxBytes);
    }
    pace.came(length);
    if (count + length > bytes.length) {
      // Grows by half: the two arrays take at most three times the body, for a moment.
      int larger = Math.max(count + length, Math.min(maxBytes, count + (count >> 1)));
      bytes = Arrays.copyOf(bytes, larger);
    }
    piece.get(bytes, count, length);
    count += length;
  }

  static ProblemException tooLarge(long maxBytes) {
    return ProblemException.of(
            ProblemCode.TOO_LARGE,
            "the body has more than " + maxBytes + " bytes; send a shorter one")
        .in("body");
  }
}
