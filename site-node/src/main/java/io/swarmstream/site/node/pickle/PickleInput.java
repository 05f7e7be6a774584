package io.swarmstream.site.node.pickle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads a pickle's small parts, and passes over large ones, of which it notes the place. */
final class PickleInput {
  private static final int PIECE = 65_536;
  private static final int LONGEST_LINE = 256;

  private final FileChannel file;
  private final long end;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN).limit(0);

  /** Of the byte after the buffer's last. */
  private long filled;

  PickleInput(FileChannel file) throws IOException {
    this.file = file;
    this.end = file.size();
  }

  /** Of the next byte. */
  long position() {
    return filled - buffer.remaining();
  }

  private void need(int count) throws IOException {
    if (buffer.remaining() >= count) {
      return;
    }
    buffer.compact();
    while (buffer.position() < count) {
      int read = file.read(buffer, filled);
      if (read <= 0) {
        buffer.flip();
        throw ended();
      }
      filled += read;
    }
    buffer.flip();
  }

  private PickleException ended() {
    return new PickleException(
        "the pickle ends too early, after "
            + end
            + " bytes; was the disk full when it was written?");
  }

  int u1() throws IOException {
    need(1);
    return buffer.get() & 0xFF;
  }

  int u2() throws IOException {
    need(2);
    return buffer.getShort() & 0xFFFF;
  }

  int i4() throws IOException {
    need(4);
    return buffer.getInt();
  }

  long u4() throws IOException {
    return i4() & 0xFFFFFFFFL;
  }

  /** A length of eight bytes. */
  long u8() throws IOException {
    need(8);
    long length = buffer.getLong();
    if (length < 0) {
      throw ended();
    }
    return length;
  }

  double f8() throws IOException {
    need(8);
    return Double.longBitsToDouble(Long.reverseBytes(buffer.getLong()));
  }

  /** A whole number of some bytes. */
  long integer(long byteCount) throws IOException {
    if (byteCount > Long.BYTES) {
      throw new PickleException("the pickle has a whole number of " + byteCount + " bytes");
    }
    if (byteCount == 0) {
      return 0;
    }
    long value = 0;
    for (int i = 0; i < byteCount; i++) {
      value |= (long) u1() << (8 * i);
    }
    int unused = Long.SIZE - 8 * (int) byteCount;
    return value << unused >> unused;
  }

  /** A name that ends with a line feed. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = u1(); next != '\n'; next = u1()) {
      if (line.length() == LONGEST_LINE) {
        throw new PickleException("the pickle has a name of more than " + LONGEST_LINE + " bytes");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  String text(int byteCount) throws IOException {
    need(byteCount);
    String text = UTF_8.decode(buffer.slice().limit(byteCount)).toString();
    buffer.position(buffer.position() + byteCount);
    return text;
  }

  /** Passes over bytes; returns the place of the first. */
  long skip(long count) throws IOException {
    long start = position();
    if (count > end - start) {
      throw ended();
    }
    if (count <= buffer.remaining()) {
      buffer.position(buffer.position() + (int) count);
    } else {
      filled = start + count;
      buffer.clear().limit(0);
    }
    return start;
  }
}
