package io.swarmstream.site.internal;

import io.swarmstream.clients.kafka.log.ChunkSink;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.site.SiteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A place for a model, or for a vector of its size: in memory or in a file. */
interface HeldModel extends FlatVector, ChunkSink {
  /** Frees its memory or file; it cannot be read any more. */
  void discard();

  /** Makes a place: in a file if there is a folder, else in memory. */
  static HeldModel make(long parameters, Optional<Path> folder) {
    return folder.isPresent() ? InFile.in(folder.get()) : new InMemory(parameters);
  }

  /** Keeps values in one array. */
  final class InMemory implements HeldModel {
    private final float[] values;

    InMemory(long parameters) {
      if (parameters > Integer.MAX_VALUE - 8) {
        throw new SiteException(
            parameters
                + " parameters do not fit an array; give the site a folder to keep its model in (modelFolder)");
      }
      values = new float[(int) parameters];
    }

    @Override
    public void read(long from, float[] into, int count) {
      System.arraycopy(values, (int) from, into, 0, count);
    }

    @Override
    public void accept(int chunk, long offset, ByteBuffer payload) {
      FloatCodec.decode(payload, values, (int) offset);
    }

    @Override
    public void discard() {}
  }

  /** Keeps values in a file, as float32, little endian; the operating system caches what it can. */
  final class InFile implements HeldModel {
    private final Path file;
    private final FileChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    /** In a file that stays. */
    InFile(Path file) throws IOException {
      this.file = file;
      this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private InFile(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    /** In a file that goes with the process. */
    static InFile in(Path folder) {
      try {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "model-", ".f32");
        FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        return new InFile(file, channel);
      } catch (IOException e) {
        throw new SiteException(
            "no model can be kept in " + folder + ": " + e.getMessage() + "; name another folder",
            e);
      }
    }

    @Override
    public synchronized void read(long from, float[] into, int count) {
      int bytes = Math.multiplyExact(count, Float.BYTES);
      if (buffer.capacity() < bytes) {
        buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
      }
      buffer.clear().limit(bytes);
      try {
        for (long at = from * Float.BYTES; buffer.hasRemaining(); ) {
          int read = channel.read(buffer, at);
          if (read < 0) {
            throw new IOException(file + " ends before value " + (from + count));
          }
          at += read;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      buffer.flip();
      buffer.asFloatBuffer().get(into, 0, count);
    }

    @Override
    public void accept(int chunk, long offset, ByteBuffer payload) {
      ByteBuffer bytes = payload.duplicate();
      try {
        for (long at = offset * Float.BYTES; bytes.hasRemaining(); ) {
          at += channel.write(bytes, at);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(
            "the model cannot be kept in "
                + file.getParent()
                + " ("
                + e.getMessage()
                + "); make room there",
            e);
      }
    }

    /** Returns when the disk has what was written. */
    void force() throws IOException {
      channel.force(true);
    }

    @Override
    public void discard() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
