package io.swarmstream.site.node.pickle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes that a pickle holds, which stay in its file until they are read. */
public sealed interface RawBytes {
  /** Number of bytes; of {@link Latin1} an upper limit. */
  long length();

  /** Reads them from the beginning. */
  InputStream open(FileChannel file);

  /** Bytes in the file as they are. */
  record InFile(long position, long length) implements RawBytes {
    @Override
    public InputStream open(FileChannel file) {
      return new FileRange(file, position, length);
    }
  }

  /** Bytes that were written as text, one character each, as pickles before protocol 3 do. */
  record Latin1(long position, long length) implements RawBytes {
    @Override
    public InputStream open(FileChannel file) {
      return new Latin1Stream(new FileRange(file, position, length));
    }
  }

  /** A few bytes in memory. */
  final class Held implements RawBytes {
    private final byte[] bytes;

    /** Holds a copy. */
    public Held(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open(FileChannel file) {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** A part of a file, buffered. The channel's own position is left alone. */
  final class FileRange extends InputStream {
    private static final int PIECE = 65_536;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(PIECE).limit(0);
    private long at;
    private long left;

    FileRange(FileChannel file, long position, long length) {
      this.file = file;
      this.at = position;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      return fill() ? buffer.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, buffer.remaining());
      buffer.get(into, from, count);
      return count;
    }

    private boolean fill() throws IOException {
      if (buffer.hasRemaining()) {
        return true;
      }
      if (left == 0) {
        return false;
      }
      buffer.clear().limit((int) Math.min(PIECE, left));
      int count = file.read(buffer, at);
      if (count <= 0) {
        throw new PickleException(
            "the file ends within an array's values, at byte "
                + at
                + "; do not change it before the node has answered");
      }
      at += count;
      left -= count;
      buffer.flip();
      return true;
    }
  }

  /** Turns UTF-8 of characters below 256 into one byte each. */
  final class Latin1Stream extends InputStream {
    private final InputStream text;

    Latin1Stream(InputStream text) {
      this.text = text;
    }

    @Override
    public int read() throws IOException {
      int first = text.read();
      if (first < 0x80) {
        return first;
      }
      int second = text.read();
      if ((first != 0xC2 && first != 0xC3) || (second & 0xC0) != 0x80) {
        throw new PickleException("bytes that are written as text have a character above 255");
      }
      return ((first & 0x03) << 6) | (second & 0x3F);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = 0;
      while (count < length) {
        int next = read();
        if (next < 0) {
          return count == 0 && length > 0 ? -1 : count;
        }
        into[from + count] = (byte) next;
        count++;
      }
      return count;
    }
  }
}
