package io.swarmstream.schemas.layout;

/**
 * Divides a flat vector of parameters into chunks, all of the same length except the last.
 *
 * @param parameterCount number of float32 values in the whole model, at least 1
 * @param chunkValues number of values in a full chunk
 */
public record ChunkLayout(long parameterCount, int chunkValues) {
  /**
   * 960 KiB of float32: with proof and signature, the record still fits a broker with default
   * limits.
   */
  public static final int MAX_CHUNK_VALUES = 245_760;

  /**
   * Bounds the work of a round: a closing round sends a plan to each chunk, and a sealing round
   * holds all chunk hashes.
   */
  public static final int MAX_CHUNKS = 1 << 20;

  public ChunkLayout {
    if (parameterCount < 1) {
      throw new IllegalArgumentException(
          "parameterCount is " + parameterCount + "; a model has at least 1 parameter");
    }
    if (chunkValues < 1 || chunkValues > MAX_CHUNK_VALUES) {
      throw new IllegalArgumentException(
          "chunkValues is " + chunkValues + "; a chunk has 1 to " + MAX_CHUNK_VALUES + " values");
    }
    if ((parameterCount - 1) / chunkValues >= MAX_CHUNKS) {
      throw new IllegalArgumentException(
          parameterCount
              + " parameters in chunks of "
              + chunkValues
              + " are more than "
              + MAX_CHUNKS
              + " chunks; raise chunkValues");
    }
  }

  public int chunkCount() {
    return (int) ((parameterCount - 1) / chunkValues + 1);
  }

  /** Returns the index of the chunk's first value in the flat vector. */
  public long offset(int chunk) {
    return (long) checked(chunk) * chunkValues;
  }

  /** Returns the number of values in the chunk. */
  public int length(int chunk) {
    return (int) Math.min(chunkValues, parameterCount - offset(chunk));
  }

  private int checked(int chunk) {
    if (chunk < 0 || chunk >= chunkCount()) {
      throw new IndexOutOfBoundsException("chunk " + chunk + " of " + chunkCount());
    }
    return chunk;
  }
}
