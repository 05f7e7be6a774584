package io.swarmstream.site.node.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that a thread reads piece by piece; fails when it arrives too slowly. */
final class PacedStream extends FilterInputStream {
  private final MinimumRate pace = new MinimumRate();

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
      throw MinimumRate.tooSlow(String.valueOf(e.getMessage()));
    }
    if (count > 0) {
      pace.came(count);
    }
    return count;
  }
}
