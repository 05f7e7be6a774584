package io.swarmstream.site.node.pickle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes a dict of numpy arrays as a pickle of protocol 4, array by array, with the names that
 * every version of numpy from 1.0 on reads.
 */
public final class PickleWriter {
  private final OutputStream out;

  /** Begins the dict. */
  public PickleWriter(OutputStream out) throws IOException {
    this.out = out;
    out.write(new byte[] {(byte) 0x80, 4, '}'});
  }

  /** Writes an array's values: little endian, in C order, exactly as many as announced. */
  @FunctionalInterface
  public interface Values {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Adds an entry. */
  public void add(String name, NumpyType type, List<Long> shape, Values values) throws IOException {
    text(name);
    global("numpy.core.multiarray", "_reconstruct");
    global("numpy", "ndarray");
    whole(0);
    out.write(0x85); // a tuple of one
    out.write(new byte[] {'C', 1, 'b'});
    out.write(new byte[] {(byte) 0x87, 'R'}); // a tuple of three, and the call
    out.write(new byte[] {'(', 'K', 1}); // the state and its version
    out.write('(');
    for (long length : shape) {
      whole(length);
    }
    out.write('t');
    type(type);
    out.write(0x89); // not in Fortran order
    out.write(0x8e);
    long size = shape.stream().reduce(1L, Math::multiplyExact);
    out.write(little(8).putLong(size * type.bytes()).array());
    values.writeTo(out);
    out.write(new byte[] {'t', 'b', 's'});
  }

  private void type(NumpyType type) throws IOException {
    global("numpy", "dtype");
    text(type.code());
    out.write(new byte[] {(byte) 0x89, (byte) 0x88, (byte) 0x87, 'R', '(', 'K', 3});
    text(type.bytes() == 1 ? "|" : "<");
    out.write(new byte[] {'N', 'N', 'N'});
    whole(-1);
    whole(-1);
    whole(0);
    out.write(new byte[] {'t', 'b'});
  }

  private void global(String module, String name) throws IOException {
    out.write(("c" + module + "\n" + name + "\n").getBytes(US_ASCII));
  }

  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.write('X');
    out.write(little(4).putInt(bytes.length).array());
    out.write(bytes);
  }

  private void whole(long number) throws IOException {
    if (number == (int) number) {
      out.write('J');
      out.write(little(4).putInt((int) number).array());
    } else {
      out.write(new byte[] {(byte) 0x8a, 8});
      out.write(little(8).putLong(number).array());
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Ends the pickle. The caller closes the stream. */
  public void end() throws IOException {
    out.write('.');
    out.flush();
  }
}
