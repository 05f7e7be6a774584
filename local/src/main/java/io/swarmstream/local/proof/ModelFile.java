package io.swarmstream.local.proof;

import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a model to a safetensors file, chunk by chunk in any order. The file gets its name only
 * when it is complete, so that no reader finds half a model.
 */
public final class ModelFile implements AutoCloseable {
  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final long start;
  private final long end;
  private final ChunkLayout chunks;

  private ModelFile(
      Path target, Path part, FileChannel channel, long start, long end, ChunkLayout chunks) {
    this.target = target;
    this.part = part;
    this.channel = channel;
    this.start = start;
    this.end = end;
    this.chunks = chunks;
  }

  /**
   * Begins a file.
   *
   * @param layout the tensors that it gets
   * @param chunks of the model, which may have more values after those
   * @throws FileAlreadyExistsException when the file exists
   */
  public static ModelFile create(Path target, ModelLayout layout, ChunkLayout chunks)
      throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "there is such a file already; name another");
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    byte[] header = SafetensorsHeader.ofFloats(layout);
    long end = header.length + layout.parameterCount() * Float.BYTES;
    ModelFile file = new ModelFile(target, part, channel, header.length, end, chunks);
    file.write(ByteBuffer.wrap(header), 0);
    return file;
  }

  /** Writes a chunk to its place; the same chunk may be written again. */
  public void write(int chunk, ByteBuffer payload) {
    long at = start + (long) chunk * chunks.chunkValues() * Float.BYTES;
    ByteBuffer own = payload.duplicate();
    own.limit(own.position() + (int) Math.max(0, Math.min(own.remaining(), end - at)));
    write(own, at);
  }

  private void write(ByteBuffer bytes, long at) {
    try {
      long next = at;
      while (bytes.hasRemaining()) {
        next += channel.write(bytes, next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + part + ": " + e.getMessage(), e);
    }
  }

  /** Completes the file, once all chunks are written and proven. */
  public void keep() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(part, target);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
