package io.swarmstream.site.node.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that is read piece by piece, by a thread that waits for it: not for ever. */
final class PacedStream extends FilterInputStream {
  private final Pace pace = new Pace();

  PacedStream(InputStream body) {
    super(body);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count;
    try {
      count = super.read(into, from, length);
    } catch (IOException e) {
      throw Pace.tooSlow(String.valueOf(e.getMessage()));
    }
    if (count > 0) {
      pace.came(count);
    }
    return count;
  }
}
