package io.swarmstream.site.node.weights;

import io.swarmstream.schemas.layout.FlatVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a trainer's weights in a file: float32, little endian, in the order of the layout. Safe for
 * use by several threads.
 */
public final class WeightsFile implements FlatVector, AutoCloseable {
  /** Of the files that {@link #in} makes. */
  public static final String SUFFIX = ".f32";

  private final Path place;
  private final FileChannel channel;
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  /** {@code place} is the path that the message of a full disk names. */
  WeightsFile(Path place, FileChannel channel) {
    this.place = place;
    this.channel = channel;
  }

  /** Makes an empty file in a folder. Closing it deletes it, and so does the end of the process. */
  public static WeightsFile in(Path folder) throws IOException {
    return new WeightsFile(
        folder,
        FileChannel.open(
            Files.createTempFile(folder, "weights-", SUFFIX),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  /** Opens a file that {@link #copyTo} has written. */
  public static WeightsFile reading(Path file) throws IOException {
    return new WeightsFile(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Copies the weights to a file that stays, and returns when the disk has it. */
  public synchronized void copyTo(Path file) throws IOException {
    try (FileChannel copy =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (long at = 0; at < channel.size(); ) {
        at += channel.transferTo(at, channel.size() - at, copy);
      }
      copy.force(true);
    } catch (IOException e) {
      throw noRoom(file, e);
    }
  }

  private static IOException noRoom(Path place, IOException e) {
    return new IOException(
        "cannot write weights to " + place + " (" + e.getMessage() + "); free space there", e);
  }

  /** Writes values from index {@code from} on. */
  synchronized void write(long from, float[] values, int count) throws IOException {
    ByteBuffer bytes = buffer(count);
    bytes.asFloatBuffer().put(values, 0, count);
    try {
      for (long at = from * Float.BYTES; bytes.hasRemaining(); ) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw noRoom(place, e);
    }
  }

  @Override
  public synchronized void read(long from, float[] into, int count) {
    ByteBuffer bytes = buffer(count);
    try {
      for (long at = from * Float.BYTES; bytes.hasRemaining(); ) {
        int read = channel.read(bytes, at);
        if (read < 0) {
          throw new IOException("the weights in " + place + " end before value " + (from + count));
        }
        at += read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.flip();
    bytes.asFloatBuffer().get(into, 0, count);
  }

  private ByteBuffer buffer(int count) {
    int bytes = Math.multiplyExact(count, Float.BYTES);
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    return buffer.clear().limit(bytes);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
