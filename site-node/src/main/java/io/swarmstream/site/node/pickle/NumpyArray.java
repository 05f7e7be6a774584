package io.swarmstream.site.node.pickle;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An array of a pickle.
 *
 * @param swapped whether its values are big endian
 * @param stored lengths of the dimensions in the order of the values, outermost first
 * @param axes which stored dimension each dimension is; of an array in C order 0, 1, 2, …
 * @param values as many as the dimensions say
 */
public record NumpyArray(
    NumpyType type, boolean swapped, List<Long> stored, List<Integer> axes, RawBytes values) {
  /** As many as numpy 1 allows. */
  static final int MAX_DIMENSIONS = 32;

  public NumpyArray {
    stored = List.copyOf(stored);
    axes = List.copyOf(axes);
    if (stored.size() > MAX_DIMENSIONS || stored.stream().anyMatch(length -> length < 0)) {
      throw new PickleException("an array has the shape " + stored);
    }
    if (!axes.stream().sorted().toList().equals(inOrder(stored.size()))) {
      throw new PickleException("an array of shape " + stored + " has the axes " + axes);
    }
    long bytes = bytes(stored, type);
    boolean isText = values instanceof RawBytes.Latin1;
    if (isText
        ? values.length() < bytes || values.length() / 2 > bytes
        : values.length() != bytes) {
      throw new PickleException(
          "an array of shape "
              + stored
              + " and type "
              + type.longName()
              + " takes "
              + bytes
              + " bytes, the pickle has "
              + values.length());
    }
  }

  private static long bytes(List<Long> shape, NumpyType type) {
    try {
      return Math.multiplyExact(
          shape.stream().reduce(1L, Math::multiplyExact), (long) type.bytes());
    } catch (ArithmeticException e) {
      throw new PickleException("an array has the shape " + shape, e);
    }
  }

  /** An array whose last dimension changes fastest. */
  public static NumpyArray inC(NumpyType type, boolean swapped, List<Long> shape, RawBytes values) {
    return new NumpyArray(type, swapped, shape, inOrder(shape.size()), values);
  }

  /** An array whose first dimension changes fastest. */
  static NumpyArray inFortran(NumpyType type, boolean swapped, List<Long> shape, RawBytes values) {
    return new NumpyArray(type, swapped, reversed(shape), reversed(inOrder(shape.size())), values);
  }

  private static List<Integer> inOrder(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  /** Lengths of its dimensions, outermost first. */
  public List<Long> shape() {
    return axes.stream().map(stored::get).toList();
  }

  /** Number of values. */
  public long size() {
    return stored.stream().reduce(1L, (one, other) -> one * other);
  }

  /** Number of bytes of its values. */
  public long byteCount() {
    return size() * type.bytes();
  }

  /** The values in C order, little endian. */
  public InputStream littleEndian(FileChannel file) throws IOException {
    InputStream in = values.open(file);
    if (swapped && type.bytes() > 1) {
      in = new SwappedStream(in, type.bytes());
    }
    return axes.equals(inOrder(axes.size())) || size() == 0
        ? new Exactly(in, byteCount())
        : new ByteArrayInputStream(transposed(in));
  }

  /** Rare: of a network's weights, those that a program has transposed itself. */
  private byte[] transposed(InputStream in) throws IOException {
    if (byteCount() > Integer.MAX_VALUE - 8) {
      throw new PickleException(
          "an array of shape "
              + shape()
              + " is not in C order and takes more than 2 GiB; send numpy.ascontiguousarray of it");
    }
    byte[] from = new Exactly(in, byteCount()).readNBytes((int) byteCount());
    byte[] to = new byte[from.length];
    int width = type.bytes();
    int dimensions = axes.size();
    long[] strides = new long[dimensions];
    long step = width;
    for (int d = dimensions - 1; d >= 0; d--) {
      strides[axes.indexOf(d)] = step;
      step *= stored.get(d);
    }
    List<Long> shape = shape();
    long[] index = new long[dimensions];
    long source = 0;
    for (int at = 0; at < to.length; at += width) {
      System.arraycopy(from, (int) source, to, at, width);
      for (int d = dimensions - 1; d >= 0; d--) {
        index[d]++;
        source += strides[d];
        if (index[d] < shape.get(d)) {
          break;
        }
        source -= index[d] * strides[d];
        index[d] = 0;
      }
    }
    return to;
  }

  /** Fails when there are fewer bytes than values, or more. */
  private static final class Exactly extends FilterInputStream {
    private long left;

    Exactly(InputStream in, long count) {
      super(in);
      this.left = count;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = super.read(into, from, length);
      if (count < 0 && left > 0) {
        throw new PickleException("an array's values end early", new EOFException());
      }
      left -= Math.max(0, count);
      if (left < 0) {
        throw new PickleException("an array has more values than its shape says");
      }
      return count;
    }
  }

  /** Turns big endian values into little endian ones. */
  private static final class SwappedStream extends InputStream {
    private final InputStream in;
    private final byte[] value;
    private int left;

    SwappedStream(InputStream in, int width) {
      this.in = in;
      this.value = new byte[width];
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        int count = in.readNBytes(value, 0, value.length);
        if (count < value.length) {
          return -1;
        }
        left = value.length;
      }
      left--;
      return value[left] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      for (int i = 0; i < length; i++) {
        int next = read();
        if (next < 0) {
          return i == 0 ? -1 : i;
        }
        into[from + i] = (byte) next;
      }
      return length;
    }
  }
}
