package io.swarmstream.lab.bench.kernels;

import io.swarmstream.schemas.layout.ChunkLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Deltas of all sites, generated from a seed, chunk by chunk as a merge receives them.
 *
 * <p>The deltas share a direction, as deltas of sites with similar data do. Each site adds its own
 * noise; sites with a higher index add more.
 */
final class SiteDeltas {
  private static final float SHARED = 0.01f;
  private static final float OWN = 0.008f;

  private final float[][][] chunks;
  private final long parameters;

  /** Generates deltas for {@code sites} sites on all cores. */
  SiteDeltas(int sites, long parameters, Cores cores) throws InterruptedException {
    this.parameters = parameters;
    int most = ChunkLayout.MAX_CHUNK_VALUES;
    chunks = new float[Math.toIntExact((parameters + most - 1) / most)][sites][];
    cores.each(
        chunks.length,
        chunk -> {
          int length = (int) Math.min(most, parameters - (long) chunk * most);
          SplittableRandom random = new SplittableRandom(chunk);
          float[] shared = gaussian(random.split(), SHARED, new float[length]);
          for (int site = 0; site < sites; site++) {
            float spread = OWN * (1 + (float) site / sites);
            chunks[chunk][site] = gaussian(random.split(), spread, shared.clone());
          }
        });
  }

  private SiteDeltas(float[][][] chunks, long parameters) {
    this.chunks = chunks;
    this.parameters = parameters;
  }

  /** The same deltas with the sites in another order. */
  SiteDeltas inOrder(int[] sites) {
    float[][][] ordered = new float[chunks.length][sites.length][];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      for (int i = 0; i < sites.length; i++) {
        ordered[chunk][i] = chunks[chunk][sites[i]];
      }
    }
    return new SiteDeltas(ordered, parameters);
  }

  private static float[] gaussian(SplittableRandom random, float spread, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] += spread * (float) random.nextGaussian();
    }
    return values;
  }

  int chunkCount() {
    return chunks.length;
  }

  int sites() {
    return chunks[0].length;
  }

  long parameters() {
    return parameters;
  }

  long bytes() {
    return parameters * sites() * Float.BYTES;
  }

  /** The deltas of one chunk, one row per site. */
  float[][] chunk(int chunk) {
    return chunks[chunk];
  }

  /** Allocates arrays for a merged delta. */
  float[][] room() {
    float[][] room = new float[chunks.length][];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      room[chunk] = new float[chunks[chunk][0].length];
    }
    return room;
  }

  /** Writes one site's delta after the other, as little-endian float32. */
  void writeTo(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int site = 0; site < sites(); site++) {
        for (float[][] chunk : chunks) {
          ByteBuffer bytes =
              ByteBuffer.allocate(chunk[site].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asFloatBuffer().put(chunk[site]);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        }
      }
    }
  }
}
