package io.swarmstream.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Avro binary from one array of untrusted bytes. It accepts no length or count that the
 * bytes claim unless the remaining bytes can hold it.
 *
 * <p>Avro's own decoder allocates the length that the bytes claim, so that 20 bytes can request 16
 * GiB and the OutOfMemoryError terminates the whole JVM. This decoder allocates at most a small
 * multiple of the remaining bytes. Text has to be valid UTF-8, because readers in other languages
 * reject what Java would repair.
 *
 * <p>Every item of an array or map has to take at least one byte: a schema with items of no bytes
 * cannot be read.
 */
final class BoundedDecoder extends Decoder {
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] bytes;
  private final int end;
  private int at;

  /** Reads from {@code start} to the end of the array. */
  BoundedDecoder(byte[] bytes, int start) {
    this(bytes, start, bytes.length);
  }

  /** Reads from {@code start}, inclusive, to {@code end}, exclusive. */
  BoundedDecoder(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  boolean isEnd() {
    return at == end;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    return bytes[take(1)] == 1;
  }

  @Override
  public int readInt() throws IOException {
    long value = number(5);
    if (value != (int) value) {
      throw new InvalidNumberEncodingException(value + " where an int has to be");
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    return number(10);
  }

  private long number(int maxBytes) throws IOException {
    long zigzag = 0;
    for (int i = 0; i < maxBytes; i++) {
      byte next = bytes[take(1)];
      zigzag |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new InvalidNumberEncodingException("a number of more than " + maxBytes + " bytes");
  }

  @Override
  public float readFloat() throws IOException {
    return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
  }

  @Override
  public double readDouble() throws IOException {
    return Double.longBitsToDouble(littleEndian(Double.BYTES));
  }

  private long littleEndian(int length) throws IOException {
    int start = take(length);
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (bytes[start + i] & 0xFF);
    }
    return value;
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) throws IOException {
    return new Utf8(readString());
  }

  @Override
  public String readString() throws IOException {
    int length = length();
    if (length == 0) {
      return "";
    }
    int start = take(length);
    String text = new String(bytes, start, length, UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(text.getBytes(UTF_8), Arrays.copyOfRange(bytes, start, at))) {
      throw new IOException("text at byte " + start + " is not UTF-8");
    }
    return text;
  }

  @Override
  public void skipString() throws IOException {
    skipBytes();
  }

  /** Returns a view of the array instead of a copy, because most of a record is its payload. */
  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
    int length = length();
    int start = take(length);
    return ByteBuffer.wrap(bytes, start, length).slice();
  }

  @Override
  public void skipBytes() throws IOException {
    take(length());
  }

  @Override
  public void readFixed(byte[] into, int start, int length) throws IOException {
    System.arraycopy(bytes, take(length), into, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    take(length);
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    return itemCount();
  }

  @Override
  public long arrayNext() throws IOException {
    return itemCount();
  }

  @Override
  public long skipArray() throws IOException {
    return skipSizedBlocks();
  }

  @Override
  public long readMapStart() throws IOException {
    return itemCount();
  }

  @Override
  public long mapNext() throws IOException {
    return itemCount();
  }

  @Override
  public long skipMap() throws IOException {
    return skipSizedBlocks();
  }

  /**
   * Returns the number of items in the next block; a negative count announces the block's size in
   * bytes.
   */
  private long itemCount() throws IOException {
    long count = readLong();
    if (count < 0) {
      length();
      // Long.MIN_VALUE stays negative; it is rejected below.
      count = -count;
    }
    return bounded(count);
  }

  /** Skips the blocks that state their size; returns the item count of the first that does not. */
  private long skipSizedBlocks() throws IOException {
    long count = readLong();
    while (count < 0) {
      take(length());
      count = readLong();
    }
    return bounded(count);
  }

  private long bounded(long count) throws EOFException {
    if (count < 0 || count > left()) {
      throw new EOFException(
          "a block of " + count + " items, with " + left() + " bytes left of the record");
    }
    return count;
  }

  /** Reads a length and checks that this many bytes remain. */
  private int length() throws IOException {
    long length = readLong();
    if (length < 0 || length > left()) {
      throw new EOFException(
          "a length of " + length + " bytes, with " + left() + " bytes left of the record");
    }
    return (int) length;
  }

  private int left() {
    return end - at;
  }

  /** Advances by a length; returns the position before. */
  private int take(int length) throws EOFException {
    if (length > left()) {
      throw new EOFException("the record ends " + (length - left()) + " bytes early");
    }
    int start = at;
    at += length;
    return start;
  }
}
